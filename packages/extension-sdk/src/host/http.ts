import { hostApi } from '../runtime/bindings.ts';
import { text, whole } from '../runtime/checked.ts';
import { toWireBody, toWireHeaders, type BodyInit } from '../http/encode.ts';
import { MessageBody } from '../http/body.ts';
import { HeaderList } from '../http/header-list.ts';
import type { WireIncoming, WireOutgoing } from '../runtime/wire.ts';
import { HostError, hostCall } from './errors.ts';

/** An outgoing request that did not get an answer; `code` says why. */
export class FetchError extends HostError {}

export interface FetchOptions {
  /** Default `GET`. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
  /** Milliseconds, from 1; the platform's default and maximum hold otherwise. */
  readonly timeoutMs?: number;
}

export class FetchResponse extends MessageBody {
  readonly status: number;
  readonly headers: HeaderList;

  constructor(status: number, headers: HeaderList, body: ConstructorParameters<typeof MessageBody>[0]) {
    super(body);
    this.status = status;
    this.headers = headers;
  }
}

const errors = {
  invalid: FetchError,
  timeout: FetchError,
  'too-large': FetchError,
  unreachable: FetchError,
} as const;

/**
 * Calls a host that the install allows. Needs the capability `http.fetch`. Blocks until the answer is there, after at
 * most three redirects. `{{secret:NAME}}` in a header's value becomes that secret outside of the extension.
 * @throws CapabilityDeniedError when capability or host are not granted; FetchError when there is no answer.
 */
export function fetch(url: string, options: FetchOptions = {}): FetchResponse {
  const request = {
    method: text(options.method ?? 'GET', 'A method'),
    url: text(url, 'A URL'),
    headers: toWireHeaders(options.headers ?? {}),
    body: toWireBody(options.body),
    timeoutMs: options.timeoutMs === undefined ? null : whole(options.timeoutMs, 'timeoutMs', 1, 0xffff_ffff),
  };
  const answer = exchange(request);
  return new FetchResponse(answer.status, new HeaderList(answer.headers), answer.body);
}

/** One exchange in wire form; what it throws is what `fetch` throws. */
export function exchange(request: WireOutgoing): WireIncoming {
  const http = hostApi('http');
  return hostCall('http.fetch', errors, () => http.fetch(request));
}
