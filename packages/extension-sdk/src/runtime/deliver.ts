import type { ExtensionEvent } from '../events/event.ts';
import type { Extension } from '../extension.ts';
import { App } from '../http/app.ts';
import { HttpError } from '../http/http-error.ts';
import { after, attempt, type Wait } from './after.ts';
import { logFault } from './fault.ts';
import type { WireEvent } from './wire.ts';

/** Runs the handler of an event. The outcome: undefined for success, otherwise a stable code of the failure. */
export function deliver(
  extension: Extension,
  wire: WireEvent,
  wait: Wait,
): string | undefined | PromiseLike<string | undefined> {
  return attempt<string | undefined>(
    () => {
      const handler =
        extension instanceof App ? extension.findEvent(wire.topic) : extension.event?.bind(extension);
      if (handler === undefined) return 'no_handler';
      return wait(after<unknown, undefined>(handler(toEvent(wire)), () => undefined));
    },
    (error) => {
      logFault(error, [
        ['event', wire.id],
        ['topic', wire.topic],
      ]);
      return error instanceof HttpError ? error.code : 'internal';
    },
  );
}

function toEvent({ id, topic, occurredAt, attempt, payload }: WireEvent): ExtensionEvent {
  return { id, topic, occurredAt, attempt, payload: JSON.parse(payload) as unknown };
}
