import { host } from '../runtime/bindings.ts';
import { pairs, text } from '../runtime/checked.ts';
import type { LogLevel } from '../runtime/wire.ts';

/** Structured values of a log line. Never put secrets here. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

function write(level: LogLevel, message: string, fields: LogFields = {}): void {
  host().log.write(level, text(message, 'A log message'), pairs(fields, 'Log field'));
}

/** The extension's log. Needs no capability; tenant and request are added by the platform. */
export const log = {
  debug: (message: string, fields?: LogFields): void => {
    write('debug', message, fields);
  },
  info: (message: string, fields?: LogFields): void => {
    write('info', message, fields);
  },
  warn: (message: string, fields?: LogFields): void => {
    write('warn', message, fields);
  },
  error: (message: string, fields?: LogFields): void => {
    write('error', message, fields);
  },
} as const;
