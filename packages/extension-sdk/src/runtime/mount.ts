import { App } from '../http/app.ts';
import { withHost } from './bindings.ts';
import { dispatch } from './dispatch.ts';
import { startInvocation } from './globals.ts';
import type { HostBindings, WireEvent, WireRequest, WireResponse } from './wire.ts';

/** The exports of a component. */
export interface GuestExports {
  httpHandler: { handle(request: WireRequest): WireResponse };
  eventHandler: { handle(event: WireEvent): void };
}

/** Connects an extension's default export with its host. */
export function mount(extension: unknown, bindings: HostBindings): GuestExports {
  if (!(extension instanceof App)) {
    throw new TypeError('server/index.ts must export the result of createApp() as its default export.');
  }
  return {
    httpHandler: {
      handle: (request) => {
        startInvocation();
        return withHost(bindings, () => dispatch(extension, request));
      },
    },
    eventHandler: {
      // The thrown string is the error of the export's result type.
      handle: (event) => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw `This extension has no handler for events, such as "${event.topic.slice(0, 100)}".`;
      },
    },
  };
}
