import { loop } from './event-loop.ts';

/** As in browsers, within the invocation; the id is a number. */
function setTimeout(run: (...args: unknown[]) => void, delayMs: unknown, ...args: unknown[]): number {
  if (typeof (run as unknown) !== 'function') throw new TypeError('setTimeout takes a function.');
  return loop.schedule(() => {
    run(...args);
  }, Number(delayMs));
}

function clearTimeout(id: unknown): void {
  loop.cancel(id);
}

function queueMicrotask(job: () => void): void {
  if (typeof (job as unknown) !== 'function') throw new TypeError('queueMicrotask takes a function.');
  loop.queue(job);
}

/**
 * Replaces what would wait for the runtime's own job queue, which does not run before the sandbox ends. Its promises go,
 * so that the library that stands in for them does not fall back on them.
 */
export function installTimers(): void {
  Object.assign(globalThis, { setTimeout, clearTimeout, queueMicrotask });
  Reflect.deleteProperty(globalThis, 'Promise');
  Reflect.deleteProperty(Array, 'fromAsync');
}
