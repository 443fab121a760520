import { host } from './bindings.ts';
import { wellFormed } from './checked.ts';
import { describeError } from './console.ts';

/**
 * Logs what an extension threw, with its stack.
 * @throws `error` again when the guest is out of memory: it ends in a trap, after a log line with the field
 * `alga.fault` = `memory_limit`.
 */
export function logFault(error: unknown, fields: [string, string][]): void {
  if (isOutOfMemory(error)) {
    // There may be no memory left to answer with, and the platform has its own answer for this: tell it, and end.
    host().log.write('error', 'The extension is out of memory.', [['alga.fault', 'memory_limit']]);
    throw error;
  }
  host().log.write('error', wellFormed(describeError(error)), fields);
}

/** QuickJS has no class of its own for this. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.name === 'InternalError' && error.message === 'out of memory';
}
