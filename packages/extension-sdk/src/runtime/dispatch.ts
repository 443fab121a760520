import type { Extension, RequestInfo } from '../extension.ts';
import { currentInvocation } from '../host/context.ts';
import { App } from '../http/app.ts';
import { HttpError } from '../http/http-error.ts';
import { RequestContext } from '../http/request-context.ts';
import { ExtensionResponse, json } from '../http/response.ts';
import { after, isPromiseLike, type Wait } from './after.ts';
import { answerToWire } from './answer.ts';
import { logFault } from './fault.ts';
import { toWire } from './to-wire.ts';
import { toStandardRequest } from './standard-request.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/** Runs the handler of a request. Whatever is thrown becomes an answer: an exception that left would be a trap. */
export function dispatch(
  extension: Extension,
  request: WireRequest,
  wait: Wait,
): WireResponse | PromiseLike<WireResponse> {
  try {
    const answer = handle(extension, request);
    // What most handlers give, and the shortest way: each call in between costs about a microsecond.
    if (answer instanceof ExtensionResponse) return answer[toWire]();
    // Waited for here, and not as a part of one more promise.
    const wire = wait(after(wait(answer), (value) => answerToWire(value, request)));
    return isPromiseLike(wire) ? wire.then(undefined, (error: unknown) => fail(error, request)) : wire;
  } catch (error) {
    return fail(error, request);
  }
}

function handle(extension: Extension, request: WireRequest): unknown {
  if (!(extension instanceof App)) return extension.fetch(toStandardRequest(request), infoOf(request));
  const handler = extension.find(request.method, request.endpoint);
  if (handler !== undefined) return handler(new RequestContext(request));
  throw new HttpError(404, 'endpoint_not_found', 'The extension has no such endpoint.');
}

function infoOf(request: WireRequest): RequestInfo {
  let invocation: RequestInfo['invocation'] | undefined;
  return {
    endpoint: request.endpoint,
    params: Object.fromEntries(request.params),
    get invocation() {
      return (invocation ??= currentInvocation());
    },
  };
}

function fail(error: unknown, request: WireRequest): WireResponse {
  if (error instanceof HttpError) return failure(error.status, error.code, error.message);
  logFault(error, [
    ['method', request.method],
    ['endpoint', request.endpoint],
  ]);
  return failure(500, 'internal');
}

function failure(status: number, code: string, message?: string): WireResponse {
  return json({ error: { code, message } }, { status })[toWire]();
}
