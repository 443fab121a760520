import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Link, Pagination, UIProvider } from '@alga/ui-kit';

describe('UIProvider', () => {
  it('hands the href of a pressed link to navigate', async () => {
    const navigate = vi.fn();
    render(
      <UIProvider navigate={navigate}>
        <Link href="/agreements/7">Open</Link>
      </UIProvider>,
    );
    await userEvent.click(screen.getByRole('link', { name: 'Open' }));
    expect(navigate).toHaveBeenCalledWith('/agreements/7', undefined);
  });

  it('replaces the words that are given and keeps the rest in English', () => {
    render(
      <UIProvider messages={{ nextPage: 'Nächste Seite' }}>
        <Pagination page={1} pageCount={2} onPageChange={() => undefined} />
      </UIProvider>,
    );
    expect(screen.getByRole('button', { name: 'Nächste Seite' })).toBeEnabled();
    expect(screen.getByRole('button', { name: 'Previous page' })).toBeDisabled();
  });
});
