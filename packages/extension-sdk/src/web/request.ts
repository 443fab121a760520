import { Body, extractBody, type BodyInit } from './body.ts';
import { Headers, type HeadersInit } from './headers.ts';
import { ParsedUrl } from './parsed-url.ts';

/** A `URL`. */
export interface URLLike {
  readonly href: string;
}

export interface RequestInit {
  readonly method?: string;
  readonly headers?: HeadersInit;
  readonly body?: BodyInit;
}

const method = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const upperCased = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);

/** `Request` of the Fetch standard, without streams, signals, caching and credentials. */
export class Request extends Body {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;

  /** @param input An absolute URL, or a request to copy. */
  constructor(input: Request | URLLike | string, init: RequestInit = {}) {
    const copied = input instanceof Request ? input : undefined;
    const given = init.body === undefined || init.body === null ? undefined : extractBody(init.body);
    const wire = given?.wire ?? copied?.takeBody(true) ?? ({ tag: 'empty' } as const);
    super(wire);
    this.url = input instanceof Request ? input.url : hrefOf(input);
    this.method = checkMethod(init.method ?? copied?.method ?? 'GET');
    if (wire.tag !== 'empty' && (this.method === 'GET' || this.method === 'HEAD')) {
      throw new TypeError(`A ${this.method} request has no body.`);
    }
    this.headers = new Headers(init.headers ?? copied?.headers);
    if (given?.contentType !== undefined && !this.headers.has('content-type')) {
      this.headers.set('content-type', given.contentType);
    }
  }

  /** @throws TypeError when the body was read. */
  clone(): Request {
    const body = this.takeBody(false);
    const { url, method, headers } = this;
    return new Request(url, { method, headers, ...(body.tag === 'empty' ? {} : { body: body.val }) });
  }
}

function hrefOf(input: URLLike | string): string {
  if (input instanceof ParsedUrl) return input.href;
  // Parsed even when it is a URL: an untyped caller passes anything, and what is no text would end the guest without a message.
  return new URL(typeof input === 'string' ? input : input.href).href;
}

function checkMethod(value: string): string {
  if (!method.test(value)) throw new TypeError(`"${value}" is not a method.`);
  const upper = value.toUpperCase();
  return upperCased.has(upper) ? upper : value;
}
