import { whole } from '../runtime/checked.ts';
import { jsonText } from '../runtime/json-text.ts';
import { toWire, type WireAnswer } from '../runtime/to-wire.ts';
import type { WireResponse } from '../runtime/wire.ts';
import { Body, extractBody, type BodyInit } from './body.ts';
import { Headers, type HeadersInit } from './headers.ts';
import type { URLLike } from './request.ts';

export interface ResponseInit {
  /** 200 to 599; default 200. */
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: HeadersInit;
}

const withoutBody = new Set([204, 205, 304]);
const redirects = new Set([301, 302, 303, 307, 308]);

/** `Response` of the Fetch standard, without streams. */
export class Response extends Body implements WireAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;

  constructor(body?: BodyInit, init: ResponseInit = {}) {
    const { wire, contentType } = extractBody(body);
    super(wire);
    this.status = whole(init.status ?? 200, 'A status', 200, 599);
    if (wire.tag !== 'empty' && withoutBody.has(this.status)) {
      throw new TypeError(`A response with status ${this.status} has no body.`);
    }
    this.statusText = init.statusText ?? '';
    this.headers = new Headers(init.headers);
    if (contentType !== undefined && !this.headers.has('content-type')) {
      this.headers.set('content-type', contentType);
    }
  }

  /** `value` as JSON. @throws TypeError when it has no JSON form. */
  static json(value: unknown, init: ResponseInit = {}): Response {
    const body = jsonText(value);
    if (body === undefined) throw new TypeError('The value has no JSON form.');
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(body, { ...init, headers });
  }

  /** @throws RangeError for a status that is no redirect. */
  static redirect(url: URLLike | string, status = 302): Response {
    if (!redirects.has(status)) throw new RangeError(`${status} is not the status of a redirect.`);
    return new Response(null, { status, headers: { location: typeof url === 'string' ? url : url.href } });
  }

  get ok(): boolean {
    return this.status < 300;
  }

  /** @throws TypeError when the body was read. */
  clone(): Response {
    const body = this.takeBody(false);
    const { status, statusText, headers } = this;
    return new Response(body.tag === 'empty' ? null : body.val, { status, statusText, headers });
  }

  [toWire](): WireResponse {
    return { status: this.status, headers: [...this.headers], body: this.takeBody(true) };
  }
}
