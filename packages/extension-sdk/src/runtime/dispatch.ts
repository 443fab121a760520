import type { App } from '../http/app.ts';
import { HttpError } from '../http/http-error.ts';
import { RequestContext } from '../http/request-context.ts';
import { ExtensionResponse, json } from '../http/response.ts';
import { host } from './bindings.ts';
import { wellFormed } from './checked.ts';
import { describeError } from './console.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/**
 * Runs the handler of a request. Whatever is thrown becomes an answer: an exception that left would be a trap.
 * Only a guest that is out of memory ends in one, after a log line with the field `alga.fault` = `memory_limit`.
 */
export function dispatch(app: App, request: WireRequest): WireResponse {
  try {
    const handler = app.find(request.method, request.endpoint);
    if (handler === undefined)
      return failure(404, 'endpoint_not_found', 'The extension has no such endpoint.');
    const response: unknown = handler(new RequestContext(request));
    if (!(response instanceof ExtensionResponse)) {
      throw new TypeError(
        `The handler of ${request.method} ${request.endpoint} must return ctx.json(...), ctx.text(...), ctx.bytes(...) or ctx.empty(); async handlers are not supported.`,
      );
    }
    return response.toWire();
  } catch (error) {
    if (error instanceof HttpError) return failure(error.status, error.code, error.message);
    if (isOutOfMemory(error)) {
      // There may be no memory left to answer with, and the platform has its own answer for this: tell it, and end.
      host().log.write('error', 'The extension is out of memory.', [['alga.fault', 'memory_limit']]);
      throw error;
    }
    host().log.write('error', wellFormed(describeError(error)), [
      ['method', request.method],
      ['endpoint', request.endpoint],
    ]);
    return failure(500, 'internal');
  }
}

function failure(status: number, code: string, message?: string): WireResponse {
  return json({ error: { code, message } }, { status }).toWire();
}

/** QuickJS has no class of its own for this. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.name === 'InternalError' && error.message === 'out of memory';
}
