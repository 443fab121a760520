import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Alert, Progress, Spinner, UIProvider, toast } from '@alga/ui-kit';

describe('Alert', () => {
  it('is read out at once only when it is live', () => {
    const { rerender } = render(<Alert title="Sync failed" tone="danger" />);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    rerender(<Alert title="Sync failed" tone="danger" isLive />);
    expect(screen.getByRole('alert')).toHaveTextContent('Sync failed');
    rerender(<Alert title="Saved" tone="success" isLive />);
    expect(screen.getByRole('status')).toHaveTextContent('Saved');
  });

  it('can be dismissed', async () => {
    const onDismiss = vi.fn();
    render(<Alert title="News" onDismiss={onDismiss} />);
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onDismiss).toHaveBeenCalledOnce();
  });
});

describe('Progress', () => {
  it('says how far it is, in its own words where there are some', () => {
    render(<Progress label="Storage" value={4} maxValue={5} valueLabel="4 of 5 GB" />);
    const bar = screen.getByRole('progressbar', { name: 'Storage' });
    expect(bar).toHaveAttribute('aria-valuenow', '4');
    expect(bar).toHaveAttribute('aria-valuetext', '4 of 5 GB');
  });

  it('claims no value while the end is unknown', () => {
    render(<Progress label="Working" isLabelHidden />);
    expect(screen.getByRole('progressbar', { name: 'Working' })).not.toHaveAttribute('aria-valuenow');
  });
});

describe('Spinner', () => {
  it('says what is being waited for', () => {
    render(<Spinner label="Loading agreements" />);
    expect(screen.getByRole('progressbar', { name: 'Loading agreements' })).toBeInTheDocument();
  });
});

describe('toast', () => {
  const keys: string[] = [];
  const show = (make: () => string) => {
    act(() => {
      keys.push(make());
    });
  };
  afterEach(() => {
    vi.useRealTimers();
    act(() => {
      for (const key of keys.splice(0)) toast.close(key);
    });
  });

  it('appears in a region of its own and is closed by its button', async () => {
    const onClose = vi.fn();
    render(<UIProvider>page</UIProvider>);
    show(() => toast.danger('Sync failed', { description: 'Answered 503', onClose }));
    expect(screen.getByRole('region')).toBeInTheDocument();
    expect(screen.getByRole('alertdialog', { name: 'Sync failed' })).toHaveAccessibleDescription(
      'Answered 503',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText('Sync failed')).not.toBeInTheDocument();
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('runs its action and goes', async () => {
    const undo = vi.fn();
    render(<UIProvider>page</UIProvider>);
    show(() => toast.info('Deleted', { action: { label: 'Undo', onPress: undo } }));
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(undo).toHaveBeenCalledOnce();
    expect(screen.queryByText('Deleted')).not.toBeInTheDocument();
  });

  it('goes by itself, unless it is a failure or has an action', () => {
    vi.useFakeTimers();
    render(<UIProvider>page</UIProvider>);
    show(() => toast.success('Saved'));
    show(() => toast.danger('Failed'));
    show(() => toast.info('Deleted', { action: { label: 'Undo', onPress: () => undefined } }));
    act(() => {
      vi.advanceTimersByTime(60_000);
    });
    expect(screen.queryByText('Saved')).not.toBeInTheDocument();
    expect(screen.getByText('Failed')).toBeInTheDocument();
    expect(screen.getByText('Deleted')).toBeInTheDocument();
  });

  it('never goes before it can be read', () => {
    vi.useFakeTimers();
    render(<UIProvider>page</UIProvider>);
    show(() => toast.info('Quick', { timeout: 10 }));
    act(() => {
      vi.advanceTimersByTime(4_900);
    });
    expect(screen.getByText('Quick')).toBeInTheDocument();
    act(() => {
      vi.advanceTimersByTime(200);
    });
    expect(screen.queryByText('Quick')).not.toBeInTheDocument();
  });
});
