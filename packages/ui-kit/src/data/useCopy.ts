import { useCallback, useEffect, useRef, useState } from 'react';

export type CopyState = 'idle' | 'copied' | 'failed';

/** Milliseconds for which the outcome shows. */
const shown = 2000;

export interface Copying {
  /** `idle` again 2 s after an attempt. */
  state: CopyState;
  /** Call it from a press: browsers copy for nobody else. */
  copy: (text: string) => Promise<void>;
}

/** Copies text, also in a sandboxed frame, where the clipboard API is often refused and the older way still works. */
export function useCopy(): Copying {
  const [state, setState] = useState<CopyState>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const copy = useCallback(async (text: string) => {
    const copied = (await copyByApi(text)) || copyBySelection(text);
    setState(copied ? 'copied' : 'failed');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setState('idle');
    }, shown);
  }, []);
  return { state, copy };
}

async function copyByApi(text: string): Promise<boolean> {
  // Absent on pages without TLS, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return false;
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    // Refused by the frame's permissions policy; the selection is tried next.
    return false;
  }
}

/** Selects something, since browsers copy nothing without a selection, and puts the text in its place. */
function copyBySelection(text: string): boolean {
  const selected = document.createElement('span');
  selected.textContent = text;
  selected.className = 'alga-VisuallyHidden';
  const replace = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.body.append(selected);
  document.getSelection()?.selectAllChildren(selected);
  document.addEventListener('copy', replace);
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way where the clipboard API is refused
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', replace);
    document.getSelection()?.removeAllRanges();
    selected.remove();
  }
}
