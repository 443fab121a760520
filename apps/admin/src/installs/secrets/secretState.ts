import type { Secret } from '../../api/types.ts';

const SOON_DAYS = 14;

/** Whether the extension lacks a value that it cannot do without. */
export function needsValue({ state, required }: Secret): boolean {
  return state === 'expired' || (state === 'missing' && required);
}

/** Whether the value is good, but for less than two weeks. */
export function isSoon({ state, refusedFrom }: Secret): boolean {
  return (
    state === 'valid' &&
    refusedFrom !== undefined &&
    Date.parse(refusedFrom) - Date.now() < SOON_DAYS * 86_400_000
  );
}
