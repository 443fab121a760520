import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState, type SyntheticEvent } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { Button, ButtonLink, IconButton, SegmentedControl } from '@alga/ui-kit';

describe('Button', () => {
  it('is pressed by mouse, Enter and Space', async () => {
    const onPress = vi.fn();
    render(<Button onPress={onPress}>Save</Button>);
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await userEvent.keyboard('{Enter}');
    await userEvent.keyboard(' ');
    expect(onPress).toHaveBeenCalledTimes(3);
  });

  it('cannot be pressed or focused while disabled', async () => {
    const onPress = vi.fn();
    render(
      <Button onPress={onPress} isDisabled>
        Save
      </Button>,
    );
    await userEvent.click(screen.getByRole('button'));
    await userEvent.tab();
    expect(onPress).not.toHaveBeenCalled();
    expect(document.body).toHaveFocus();
  });

  it('keeps the focus, but does nothing, while pending', async () => {
    const onPress = vi.fn();
    render(
      <Button onPress={onPress} isPending>
        Save
      </Button>,
    );
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('button')).toHaveFocus();
    expect(onPress).not.toHaveBeenCalled();
    expect(screen.getByRole('progressbar', { name: 'Loading' })).toBeInTheDocument();
  });

  it('submits its form when its type says so, and not otherwise', async () => {
    const onSubmit = vi.fn((event: SyntheticEvent) => {
      event.preventDefault();
    });
    render(
      <form onSubmit={onSubmit}>
        <Button>Other</Button>
        <Button type="submit">Send</Button>
      </form>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Other' }));
    expect(onSubmit).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(onSubmit).toHaveBeenCalledOnce();
  });

  it('keeps the caller’s class beside its own', () => {
    render(<Button className="wide">Save</Button>);
    expect(screen.getByRole('button')).toHaveClass('alga-Button', 'wide');
  });
});

describe('ButtonLink', () => {
  it('is a link for assistive technology', () => {
    render(<ButtonLink href="/docs">Docs</ButtonLink>);
    expect(screen.getByRole('link', { name: 'Docs' })).toHaveAttribute('href', '/docs');
  });
});

describe('IconButton', () => {
  it('is named by its label and shows it on keyboard focus', async () => {
    render(
      <IconButton label="Delete">
        <svg aria-hidden="true" />
      </IconButton>,
    );
    await userEvent.tab();
    expect(screen.getByRole('button', { name: 'Delete' })).toHaveFocus();
    expect(await screen.findByRole('tooltip')).toHaveTextContent('Delete');
  });
});

describe('SegmentedControl', () => {
  function Ranges() {
    const [range, setRange] = useState<'day' | 'week'>('day');
    return (
      <SegmentedControl
        label="Range"
        value={range}
        onChange={setRange}
        segments={[
          { id: 'day', label: 'Day' },
          { id: 'week', label: 'Week' },
        ]}
      />
    );
  }

  it('always has exactly one segment on', async () => {
    render(<Ranges />);
    await userEvent.click(screen.getByRole('radio', { name: 'Week' }));
    expect(screen.getByRole('radio', { name: 'Week' })).toBeChecked();
    expect(screen.getByRole('radio', { name: 'Day' })).not.toBeChecked();
    await userEvent.click(screen.getByRole('radio', { name: 'Week' }));
    expect(screen.getByRole('radio', { name: 'Week' })).toBeChecked();
  });

  it('moves between segments with arrow keys', async () => {
    render(<Ranges />);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}{Enter}');
    expect(screen.getByRole('radio', { name: 'Week' })).toBeChecked();
  });
});
