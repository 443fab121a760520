import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CodeBlock } from '@alga/ui-kit';

/** jsdom has no commands. */
function answerCopyCommand(answer: () => boolean): void {
  Object.assign(document, { execCommand: answer });
}

describe('CodeBlock', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    Reflect.deleteProperty(document, 'execCommand');
  });

  it('copies its code by the clipboard API', async () => {
    const user = userEvent.setup();
    render(<CodeBlock code={'{ "a": 1 }'} />);
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeInTheDocument();
    expect(await navigator.clipboard.readText()).toBe('{ "a": 1 }');
  });

  it('falls back on the selection where the API is refused, and leaves the focus where it is', async () => {
    const user = userEvent.setup();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    let copied: string | undefined;
    answerCopyCommand(() => {
      copied = document.getSelection()?.toString();
      return true;
    });
    render(<CodeBlock code="secret" />);
    await user.click(screen.getByRole('button'));
    expect(await screen.findByRole('button', { name: 'Copied' })).toHaveFocus();
    expect(copied).toBe('secret');
    expect(screen.getAllByText('secret')).toHaveLength(1);
  });

  it('says so when nothing works', async () => {
    const user = userEvent.setup();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    answerCopyCommand(() => false);
    render(<CodeBlock code="secret" />);
    await user.click(screen.getByRole('button'));
    expect(await screen.findByRole('button', { name: 'Could not copy' })).toBeInTheDocument();
    expect(screen.getByText('Could not copy', { selector: '[role=status]' })).toBeInTheDocument();
  });

  it('shows markup as text', () => {
    render(<CodeBlock code="<img src=x onerror=alert(1)>" />);
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeInTheDocument();
    expect(document.querySelector('img')).toBeNull();
  });
});
