import { render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { DatePicker, I18nProvider, Select, type DatePickerProps } from '@alga/ui-kit';

const options = [
  { id: 'backup', label: 'Backup' },
  { id: 'managed', label: 'Managed', description: 'We run it' },
  { id: 'legacy', label: 'Legacy', isDisabled: true },
  { id: 'security', label: 'Security' },
];

describe('Select', () => {
  it('opens with the arrow key and chooses with Enter', async () => {
    const onChange = vi.fn();
    render(<Select label="Plan" options={options} onChange={onChange} />);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getByRole('option', { name: 'Backup' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onChange).toHaveBeenCalledWith('managed');
    expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
    await waitFor(() => {
      expect(screen.getByRole('button', { name: /Managed.*Plan/ })).toHaveFocus();
    });
  });

  it('passes over disabled options', async () => {
    render(<Select label="Plan" options={options} defaultValue="managed" />);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}{ArrowDown}');
    expect(screen.getByRole('option', { name: 'Security' })).toHaveFocus();
  });

  it('closes with Escape and keeps its value', async () => {
    const onChange = vi.fn();
    render(<Select label="Plan" options={options} defaultValue="backup" onChange={onChange} />);
    await userEvent.click(screen.getByRole('button'));
    await userEvent.keyboard('{ArrowDown}{Escape}');
    expect(onChange).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: /Backup/ })).toBeInTheDocument();
  });

  it('shows nothing as chosen when its value is null', () => {
    render(<Select label="Plan" options={options} value={null} placeholder="Choose a plan" />);
    expect(screen.getByRole('button', { name: /Choose a plan/ })).toBeInTheDocument();
  });

  it('filters by what is typed when it is searchable, and says when nothing is left', async () => {
    const onChange = vi.fn();
    render(<Select label="Plan" options={options} isSearchable onChange={onChange} />);
    await userEvent.click(screen.getByRole('button', { name: /Plan/ }));
    await userEvent.keyboard('SECU');
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Security']);
    await userEvent.keyboard('x');
    expect(screen.getByText('No matches')).toBeInTheDocument();
    await userEvent.keyboard('{Backspace}{ArrowDown}{Enter}');
    expect(onChange).toHaveBeenCalledWith('security');
  });

  it('sends its value with a form', () => {
    render(
      <form data-testid="form">
        <Select name="plan" label="Plan" options={options} defaultValue="backup" />
      </form>,
    );
    expect(new FormData(screen.getByTestId('form')).get('plan')).toBe('backup');
  });
});

function renderDate(props: DatePickerProps) {
  return render(
    <I18nProvider locale="en-GB">
      <DatePicker label="Starts" {...props} />
    </I18nProvider>,
  );
}

describe('DatePicker', () => {
  it('is typed part by part, in the order of the locale', async () => {
    const onChange = vi.fn();
    renderDate({ onChange });
    await userEvent.tab();
    await userEvent.keyboard('09032026');
    expect(onChange).toHaveBeenLastCalledWith('2026-03-09');
  });

  it('is chosen from the calendar with arrow keys', async () => {
    const onChange = vi.fn();
    renderDate({ defaultValue: '2026-03-09', onChange });
    await userEvent.click(screen.getByRole('button', { name: /calendar/i }));
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByRole('button', { name: /\b9 March 2026/ })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{Enter}');
    expect(onChange).toHaveBeenLastCalledWith('2026-03-17');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('does not let a day outside its bounds be chosen', async () => {
    renderDate({ defaultValue: '2026-03-09', minValue: '2026-03-05' });
    await userEvent.click(screen.getByRole('button', { name: /calendar/i }));
    expect(screen.getByRole('button', { name: /\b4 March 2026/ })).toHaveAttribute('aria-disabled', 'true');
  });

  it('hands over null when a part is cleared', async () => {
    const onChange = vi.fn();
    renderDate({ defaultValue: '2026-03-09', onChange });
    const day = screen.getByRole('spinbutton', { name: /day/ });
    await userEvent.click(day);
    for (const part of ['day', 'month', 'year']) {
      screen.getByRole('spinbutton', { name: new RegExp(part) }).focus();
      await userEvent.keyboard('{Backspace}{Backspace}{Backspace}{Backspace}');
    }
    expect(onChange).toHaveBeenLastCalledWith(null);
  });

  it('throws on what is not a date', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => renderDate({ defaultValue: '09.03.2026' })).toThrow(/Invalid ISO 8601/);
    vi.restoreAllMocks();
  });
});
