import { createConsole } from './console.ts';
import { getRandomValues, InvocationRandom, randomUUID } from './random.ts';

const random = new InvocationRandom();

/** Gives the guest `console`, `crypto` and a `Math.random` that differs from instance to instance. */
export function installGlobals(): void {
  define('console', createConsole());
  define('crypto', { getRandomValues, randomUUID });
  Math.random = random.next;
}

/** Call at the start of each invocation. */
export function startInvocation(): void {
  random.reset();
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
