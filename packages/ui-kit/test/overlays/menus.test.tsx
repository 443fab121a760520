import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import {
  Button,
  DropdownMenu,
  IconButton,
  MenuItem,
  MenuSection,
  Popover,
  Submenu,
  Tooltip,
} from '@alga/ui-kit';

describe('DropdownMenu', () => {
  function Actions({ onAction }: { onAction: (id: string | number) => void }) {
    return (
      <DropdownMenu trigger={<IconButton label="Actions">⋯</IconButton>} onAction={onAction}>
        <MenuItem id="edit">Edit</MenuItem>
        <MenuItem id="sign" isDisabled>
          Sign
        </MenuItem>
        <Submenu item={<MenuItem id="share">Share</MenuItem>} onAction={onAction}>
          <MenuItem id="link">Copy link</MenuItem>
        </Submenu>
        <MenuItem id="delete" tone="danger">
          Delete
        </MenuItem>
      </DropdownMenu>
    );
  }

  it('opens with the arrow key, passes over what is disabled, and acts with Enter', async () => {
    const onAction = vi.fn();
    render(<Actions onAction={onAction} />);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getByRole('menuitem', { name: 'Edit' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(onAction.mock.calls[0]?.[0]).toBe('delete');
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Actions' })).toHaveFocus();
    });
  });

  it('jumps to an item by its first letters', async () => {
    render(<Actions onAction={() => undefined} />);
    await userEvent.click(screen.getByRole('button'));
    await userEvent.keyboard('del');
    expect(screen.getByRole('menuitem', { name: 'Delete' })).toHaveFocus();
  });

  it('opens a submenu to the right', async () => {
    const onAction = vi.fn();
    render(<Actions onAction={onAction} />);
    await userEvent.click(screen.getByRole('button'));
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
    expect(await screen.findByRole('menuitem', { name: 'Copy link' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(onAction.mock.calls[0]?.[0]).toBe('link');
  });

  it('says which items are chosen', async () => {
    render(
      <DropdownMenu trigger={<Button>Columns</Button>} selectionMode="multiple" selectedKeys={['plan']}>
        <MenuSection title="Shown">
          <MenuItem id="plan">Plan</MenuItem>
          <MenuItem id="ends">Ends</MenuItem>
        </MenuSection>
      </DropdownMenu>,
    );
    await userEvent.click(screen.getByRole('button'));
    expect(screen.getByRole('group', { name: 'Shown' })).toBeInTheDocument();
    expect(screen.getByRole('menuitemcheckbox', { name: 'Plan' })).toBeChecked();
    expect(screen.getByRole('menuitemcheckbox', { name: 'Ends' })).not.toBeChecked();
  });
});

describe('Popover', () => {
  it('is named by its title, and closes with Escape and by its content', async () => {
    render(
      <Popover trigger={<Button>Who</Button>} title="Who can see this">
        {({ close }) => <Button onPress={close}>Got it</Button>}
      </Popover>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Who' }));
    expect(screen.getByRole('dialog', { name: 'Who can see this' })).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Who' }));
    await userEvent.click(screen.getByRole('button', { name: 'Got it' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('Tooltip', () => {
  it('describes its button on keyboard focus and goes with Escape', async () => {
    render(
      <Tooltip content="Counted at midnight">
        <Button>Total</Button>
      </Tooltip>,
    );
    await userEvent.tab();
    expect(await screen.findByRole('tooltip')).toHaveTextContent('Counted at midnight');
    expect(screen.getByRole('button')).toHaveAccessibleDescription('Counted at midnight');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('tooltip')).not.toBeInTheDocument();
  });
});
