import type { App, Method } from '../http/app.ts';
import { MessageBody } from '../http/body.ts';
import { toWireBody, toWireHeaders, type BodyInit } from '../http/encode.ts';
import { Headers } from '../http/headers.ts';
import { mount } from '../runtime/mount.ts';
import type { WireBody, WireHeader } from '../runtime/wire.ts';
import { matchRoute } from './match-route.ts';
import type { TestHost } from './test-host.ts';

export interface CallOptions {
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
}

/** What the extension answered. */
export class TestResponse extends MessageBody {
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, headers: WireHeader[], body: WireBody) {
    super(body);
    this.status = status;
    this.headers = new Headers(headers);
  }
}

/** Calls an extension as the platform would. `path` is already percent-decoded. */
export function call(
  host: TestHost,
  app: App,
  method: Method,
  path: string,
  options: CallOptions = {},
): TestResponse {
  const match = findRoute(app, method, path);
  host.startRequest();
  const answer = mount(app, host.bindings).httpHandler.handle({
    method,
    path,
    endpoint: match?.endpoint ?? path,
    params: match?.params ?? [],
    query: (options.query ?? []).map(([name, value]) => [name, value]),
    headers: toWireHeaders(options.headers ?? {}),
    body: toWireBody(options.body),
  });
  return new TestResponse(answer.status, answer.headers, answer.body);
}

function findRoute(app: App, method: Method, path: string) {
  for (const route of app.routes) {
    const params = route.method === method ? matchRoute(route.path, path) : undefined;
    if (params !== undefined) return { endpoint: route.path, params };
  }
  return undefined;
}
