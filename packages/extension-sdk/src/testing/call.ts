import { type Extension } from '../extension.ts';
import { App, type Method } from '../http/app.ts';
import { MessageBody } from '../http/body.ts';
import { toWireBody, toWireHeaders, type BodyInit } from '../http/encode.ts';
import { HeaderList } from '../http/header-list.ts';
import { isPromiseLike } from '../runtime/after.ts';
import { withHost } from '../runtime/bindings.ts';
import { dispatch } from '../runtime/dispatch.ts';
import type { WireBody, WireHeader, WireRequest, WireResponse } from '../runtime/wire.ts';
import { inTurn } from './in-turn.ts';
import { matchRoute } from './match-route.ts';
import type { TestHost } from './test-host.ts';

export interface CallOptions {
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
  /** The manifest's template that the path matches, for an extension without the router. */
  readonly endpoint?: string;
}

/** What the extension answered. */
export class TestResponse extends MessageBody {
  readonly status: number;
  readonly headers: HeaderList;

  constructor(status: number, headers: WireHeader[], body: WireBody) {
    super(body);
    this.status = status;
    this.headers = new HeaderList(headers);
  }
}

/**
 * Calls an extension as the platform would. `path` is already percent-decoded.
 * @throws TypeError when the handler is async: use `callAsync`.
 */
export function call(
  host: TestHost,
  extension: Extension,
  method: Method,
  path: string,
  options: CallOptions = {},
): TestResponse {
  const request = toRequest(extension, method, path, options);
  host.startRequest();
  const answer = withHost(host.bindings, () => dispatch(extension, request, (outcome) => outcome));
  if (isPromiseLike(answer)) {
    throw new TypeError(`The handler of ${method} ${request.endpoint} is async: use callAsync.`);
  }
  return toResponse(answer);
}

/** Calls an extension whose handlers may be async, or are a `fetch` method. Calls run one after the other. */
export function callAsync(
  host: TestHost,
  extension: Extension,
  method: Method,
  path: string,
  options: CallOptions = {},
): Promise<TestResponse> {
  const request = toRequest(extension, method, path, options);
  return inTurn(host, async () => toResponse(await dispatch(extension, request, (outcome) => outcome)));
}

function toRequest(extension: Extension, method: Method, path: string, options: CallOptions): WireRequest {
  const match = extension instanceof App ? findRoute(extension, method, path) : undefined;
  return {
    method,
    path,
    endpoint: match?.endpoint ?? options.endpoint ?? path,
    params:
      match?.params ?? (options.endpoint === undefined ? [] : (matchRoute(options.endpoint, path) ?? [])),
    query: (options.query ?? []).map(([name, value]) => [name, value]),
    headers: toWireHeaders(options.headers ?? {}),
    body: toWireBody(options.body),
  };
}

function toResponse({ status, headers, body }: WireResponse): TestResponse {
  return new TestResponse(status, headers, body);
}

function findRoute(app: App, method: Method, path: string) {
  for (const route of app.routes) {
    const params = route.method === method ? matchRoute(route.path, path) : undefined;
    if (params !== undefined) return { endpoint: route.path, params };
  }
  return undefined;
}
