import { checkExtension, type Extension } from '../extension.ts';
import { isPromiseLike, type Wait } from './after.ts';
import { connect } from './bindings.ts';
import { deliver } from './deliver.ts';
import { dispatch } from './dispatch.ts';
import { loop } from './event-loop.ts';
import { invocationRandom } from './random.ts';
import { rehearse } from './rehearsal.ts';
import { rehearsalMethod } from './rehearsal-method.ts';
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
      handle: (request) =>
        request.method === rehearsalMethod
          ? rehearse(request)
          : invoke(bindings, dispatch, extension, request),
    },
    eventHandler: {
      handle: (event) => {
        const failure = invoke(bindings, deliver, extension, event);
        // The thrown string is the error of the export's result type.
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        if (failure !== undefined) throw failure;
      },
    },
  };
}

/** One invocation from its first step to the end of what it started. */
function invoke<Wire, Outcome>(
  bindings: HostBindings,
  run: (extension: Extension, wire: Wire, wait: Wait) => Outcome | PromiseLike<Outcome>,
  extension: Extension,
  wire: Wire,
): Outcome {
  invocationRandom.reset();
  const outer = connect(bindings);
  try {
    // Not a promise: `settle` has waited for it.
    const outcome = run(extension, wire, settle) as Outcome;
    loop.finish();
    return outcome;
  } finally {
    connect(outer);
  }
}

const settle: Wait = (outcome) => (isPromiseLike(outcome) ? loop.settle(outcome) : outcome);
