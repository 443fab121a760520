import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Button, ConfirmDialog, Dialog, DialogTrigger, Drawer, Input } from '@alga/ui-kit';

function Invitation({ onInvite }: { onInvite: () => void }) {
  return (
    <DialogTrigger>
      <Button>Open</Button>
      <Dialog
        title="Invite"
        description="By letter"
        footer={({ close }) => (
          <Button
            onPress={() => {
              onInvite();
              close();
            }}
          >
            Send
          </Button>
        )}
      >
        <Input label="Email" />
      </Dialog>
    </DialogTrigger>
  );
}

describe('Dialog', () => {
  it('is named by its title and keeps the focus inside', async () => {
    render(<Invitation onInvite={() => undefined} />);
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    const dialog = screen.getByRole('dialog', { name: 'Invite' });
    for (let presses = 0; presses < 6; presses++) {
      await userEvent.tab();
      expect(dialog).toContainElement(document.activeElement as HTMLElement);
    }
  });

  it('closes with Escape and gives the focus back to its button', async () => {
    render(<Invitation onInvite={() => undefined} />);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('dialog')).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Open' })).toHaveFocus();
    });
  });

  it('closes by its close button and by what its footer calls', async () => {
    const onInvite = vi.fn();
    render(<Invitation onInvite={onInvite} />);
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    await userEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(onInvite).toHaveBeenCalledOnce();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('hides the page behind it from assistive technology', async () => {
    render(
      <>
        <p data-testid="page">Behind</p>
        <Invitation onInvite={() => undefined} />
      </>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    expect(screen.queryByRole('button', { name: 'Open' })).not.toBeInTheDocument();
  });
});

describe('Drawer', () => {
  it('is controlled by isOpen and asks to close on Escape', async () => {
    const onOpenChange = vi.fn();
    render(
      <Drawer title="Details" isOpen onOpenChange={onOpenChange}>
        Facts
      </Drawer>,
    );
    expect(screen.getByRole('dialog', { name: 'Details' })).toHaveTextContent('Facts');
    await userEvent.keyboard('{Escape}');
    expect(onOpenChange).toHaveBeenCalledWith(false);
  });
});

describe('ConfirmDialog', () => {
  it('starts on Cancel, so that a stray Enter does no harm', async () => {
    const onConfirm = vi.fn();
    render(
      <DialogTrigger>
        <Button>Delete</Button>
        <ConfirmDialog title="Delete it?" confirmLabel="Yes, delete" tone="danger" onConfirm={onConfirm} />
      </DialogTrigger>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(screen.getByRole('alertdialog', { name: 'Delete it?' })).toBeInTheDocument();
    await userEvent.keyboard('{Enter}');
    expect(onConfirm).not.toHaveBeenCalled();
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
  });

  it('waits until the text is typed exactly', async () => {
    const onConfirm = vi.fn();
    render(
      <ConfirmDialog
        isOpen
        title="Uninstall?"
        confirmLabel="Uninstall"
        typeToConfirm={{ text: 'reports', label: 'Type reports' }}
        onConfirm={onConfirm}
      />,
    );
    await userEvent.type(screen.getByRole('textbox', { name: 'Type reports' }), 'Reports');
    expect(screen.getByRole('button', { name: 'Uninstall' })).toBeDisabled();
    await userEvent.clear(screen.getByRole('textbox'));
    await userEvent.type(screen.getByRole('textbox'), 'reports');
    await userEvent.click(screen.getByRole('button', { name: 'Uninstall' }));
    expect(onConfirm).toHaveBeenCalledOnce();
  });

  it('closes when the work is done, not before', async () => {
    let finish: () => void = () => undefined;
    const work = new Promise<void>((resolve) => {
      finish = resolve;
    });
    render(
      <DialogTrigger>
        <Button>Open</Button>
        <ConfirmDialog title="Publish?" confirmLabel="Publish" onConfirm={() => work} />
      </DialogTrigger>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    await userEvent.click(screen.getByRole('button', { name: 'Publish' }));
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('alertdialog')).toBeInTheDocument();
    finish();
    await waitFor(() => {
      expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    });
  });

  it('stays open with the reason when the work fails, and can be tried again', async () => {
    const onConfirm = vi
      .fn()
      .mockRejectedValueOnce(new Error('The registry is down.'))
      .mockResolvedValue(undefined);
    render(
      <DialogTrigger>
        <Button>Open</Button>
        <ConfirmDialog title="Publish?" confirmLabel="Publish" onConfirm={onConfirm} />
      </DialogTrigger>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    await userEvent.click(screen.getByRole('button', { name: 'Publish' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The registry is down.');
    await userEvent.click(screen.getByRole('button', { name: 'Publish' }));
    await waitFor(() => {
      expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    });
  });
});
