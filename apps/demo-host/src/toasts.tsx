import type { ToastRequest } from '@alga/host-bridge';
import { useCallback, useEffect, useRef, useState } from 'react';

const SHOWN_MS = 6000;

interface Shown extends ToastRequest {
  readonly id: number;
  readonly from: string;
}

/** Notices of extensions, and the way to add one. Each names the extension that it comes from. */
export function useToasts(): readonly [readonly Shown[], (from: string, toast: ToastRequest) => void] {
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  const lastId = useRef(0);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) clearTimeout(timer);
    };
  }, []);

  const add = useCallback((from: string, toast: ToastRequest) => {
    lastId.current += 1;
    const id = lastId.current;
    setToasts((shown) => [...shown.slice(-4), { ...toast, id, from }]);
    const timer = setTimeout(() => {
      timers.current.delete(timer);
      setToasts((shown) => shown.filter((other) => other.id !== id));
    }, SHOWN_MS);
    timers.current.add(timer);
  }, []);

  return [toasts, add];
}

/** Draws the notices, and has them read out. */
export function Toasts({ toasts }: { readonly toasts: readonly Shown[] }) {
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, from, kind, message }) => (
        <p key={id} className={`toast toast-${kind}`}>
          <span className="from">{from}</span>
          {message}
        </p>
      ))}
    </div>
  );
}
