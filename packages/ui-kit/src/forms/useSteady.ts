import { useState, useSyncExternalStore, type ReactNode } from 'react';

let isPressing = false;
const listeners = new Set<() => void>();

function set(pressing: boolean) {
  if (isPressing === pressing) return;
  isPressing = pressing;
  for (const listener of listeners) listener();
}

const press = () => {
  set(true);
};
const release = () => {
  set(false);
};
// The click comes after the pointer went up, and has to find its target where it was.
const releaseAfterClick = () => {
  setTimeout(release);
};

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener('pointerdown', press, true);
    addEventListener('pointerup', releaseAfterClick, true);
    addEventListener('pointercancel', release, true);
    addEventListener('blur', release);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    removeEventListener('pointerdown', press, true);
    removeEventListener('pointerup', releaseAfterClick, true);
    removeEventListener('pointercancel', release, true);
    removeEventListener('blur', release);
    isPressing = false;
  };
}

/**
 * What is shown of something that comes and goes: it stays as it is while a pointer is down. Pressing a button takes the focus
 * from a field, which can make the field's error come or go; the button must not move away under the pointer by that.
 */
export function useSteady(current: ReactNode): ReactNode {
  const isHeld = useSyncExternalStore(
    subscribe,
    () => isPressing,
    () => false,
  );
  const [shown, setShown] = useState(current);
  if (!isHeld && shown !== current) setShown(current);
  return isHeld ? shown : current;
}
