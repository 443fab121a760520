import { loop } from './event-loop.ts';

/** As in browsers, within the invocation; the id is a number. */
export function setTimeout(run: (...args: unknown[]) => void, delayMs?: unknown, ...args: unknown[]): number {
  if (typeof (run as unknown) !== 'function') throw new TypeError('setTimeout takes a function.');
  return loop.schedule(() => {
    run(...args);
  }, Number(delayMs));
}

/** As in browsers. */
export function clearTimeout(id: unknown): void {
  loop.cancel(id);
}

/** As in browsers. */
export function queueMicrotask(job: () => void): void {
  if (typeof (job as unknown) !== 'function') throw new TypeError('queueMicrotask takes a function.');
  loop.queue(job);
}
