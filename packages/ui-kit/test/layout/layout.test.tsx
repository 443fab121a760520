import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import {
  AppShell,
  Card,
  Heading,
  PageHeader,
  Sidebar,
  SidebarItem,
  SidebarSection,
  UIProvider,
} from '@alga/ui-kit';
import { matchMediaStub } from '../matchMedia.ts';

function Shell({ navigate }: { navigate?: (href: string) => void }) {
  return (
    <UIProvider navigate={navigate ?? (() => undefined)}>
      <AppShell
        sidebar={
          <Sidebar header="Acme">
            <SidebarSection title="Manage">
              <SidebarItem href="/installs" isCurrent>
                Installs
              </SidebarItem>
              <SidebarItem href="/keys" badge={3}>
                Keys
              </SidebarItem>
            </SidebarSection>
          </Sidebar>
        }
      >
        <PageHeader title="Installs" />
      </AppShell>
    </UIProvider>
  );
}

describe('AppShell', () => {
  it('shows its navigation beside the page where there is room', () => {
    matchMediaStub.set('(min-width: 56rem)', true);
    render(<Shell />);
    const navigation = screen.getByRole('navigation', { name: 'Main' });
    expect(within(navigation).getByRole('link', { name: 'Installs' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    expect(screen.getByRole('group', { name: 'Manage' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Open navigation' })).not.toBeInTheDocument();
    expect(screen.getByRole('main')).toHaveTextContent('Installs');
  });

  it('puts the navigation in a drawer on a narrow screen, which closes when a link is followed', async () => {
    const navigate = vi.fn();
    render(<Shell navigate={navigate} />);
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Open navigation' }));
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('link', { name: /Keys/ }));
    expect(navigate).toHaveBeenCalledWith('/keys', undefined);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('lets the keyboard skip the navigation', async () => {
    matchMediaStub.set('(min-width: 56rem)', true);
    render(<Shell />);
    await userEvent.tab();
    expect(screen.getByRole('button', { name: 'Skip to content' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('main')).toHaveFocus();
  });
});

describe('Card', () => {
  it('is a region named by its title', () => {
    render(
      <Card title="Sync" headingLevel={2}>
        Nightly
      </Card>,
    );
    expect(screen.getByRole('region', { name: 'Sync' })).toHaveTextContent('Nightly');
    expect(screen.getByRole('heading', { level: 2, name: 'Sync' })).toBeInTheDocument();
  });
});

describe('Heading', () => {
  it('keeps its level in the outline, whatever its size', () => {
    render(
      <Heading level={4} size="2xl">
        Limits
      </Heading>,
    );
    expect(screen.getByRole('heading', { level: 4, name: 'Limits' })).toBeInTheDocument();
  });
});
