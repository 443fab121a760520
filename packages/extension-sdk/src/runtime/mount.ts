import { checkExtension } from '../extension.ts';
import { isPromiseLike, type Wait } from './after.ts';
import { withHost } from './bindings.ts';
import { deliver } from './deliver.ts';
import { dispatch } from './dispatch.ts';
import { loop } from './event-loop.ts';
import { invocationRandom } from './random.ts';
import type { HostBindings, WireEvent, WireRequest, WireResponse } from './wire.ts';

/** The exports of a component. */
export interface GuestExports {
  httpHandler: { handle(request: WireRequest): WireResponse };
  eventHandler: { handle(event: WireEvent): void };
}

/** Connects an extension's default export with its host. */
export function mount(defaultExport: unknown, bindings: HostBindings): GuestExports {
  const extension = checkExtension(defaultExport);
  return {
    httpHandler: {
      handle: (request) => invoke(bindings, () => dispatch(extension, request, settle)),
    },
    eventHandler: {
      handle: (event) => {
        const failure = invoke(bindings, () => deliver(extension, event, settle));
        // The thrown string is the error of the export's result type.
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        if (failure !== undefined) throw failure;
      },
    },
  };
}

/** One invocation from its first step to the end of what it started. */
function invoke<T>(bindings: HostBindings, work: () => T | PromiseLike<T>): T {
  invocationRandom.reset();
  return withHost(bindings, () => {
    // Not a promise: `settle` has waited for it.
    const value = work() as T;
    loop.finish();
    return value;
  });
}

const settle: Wait = (outcome) => (isPromiseLike(outcome) ? loop.settle(outcome) : outcome);
