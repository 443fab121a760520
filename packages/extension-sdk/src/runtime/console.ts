import { host } from './bindings.ts';
import { wellFormed } from './checked.ts';
import { jsonText } from './json-text.ts';
import type { LogLevel } from './wire.ts';

/** `console` on top of the extension's log. */
export function createConsole(): Record<
  'debug' | 'log' | 'info' | 'warn' | 'error',
  (...values: unknown[]) => void
> {
  const at =
    (level: LogLevel) =>
    (...values: unknown[]): void => {
      host().log.write(level, wellFormed(values.map(describe).join(' ')), []);
    };
  return { debug: at('debug'), log: at('info'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A value as a reader of a log wants it: an error with its stack, anything else as JSON where it has one. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return describeError(value);
  try {
    return jsonText(value) ?? String(value);
  } catch {
    // Cyclic structures and bigints have no JSON; their plain form still tells something.
    return String(value);
  }
}

/** Message, stack and causes of what was thrown. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return describe(error);
  const stack = error.stack ?? '';
  // QuickJS leaves name and message out of the stack; Node does not.
  const head = `${error.name}: ${error.message}`;
  const own = stack.startsWith(head) ? stack : `${head}\n${stack}`;
  return error.cause === undefined
    ? own.trimEnd()
    : `${own.trimEnd()}\ncaused by ${describeError(error.cause)}`;
}
