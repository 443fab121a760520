import { whole } from '../runtime/checked.ts';
import { jsonText } from '../runtime/json-text.ts';
import type { WireHeader, WireResponse } from '../runtime/wire.ts';
import { toWireBody, toWireHeaders, type BodyInit } from './encode.ts';

export interface ResponseOptions {
  /** 200 to 599. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is fit to leave the sandbox; anything else throws here, where it can be logged. */
export class ExtensionResponse {
  readonly #wire: WireResponse;

  constructor(body: BodyInit, contentType: string | undefined, options: ResponseOptions, status = 200) {
    const headers = options.headers === undefined ? [] : toWireHeaders(options.headers);
    if (contentType !== undefined && !headers.some(isContentType)) {
      headers.push(['content-type', contentType]);
    }
    this.#wire = {
      status: whole(options.status ?? status, 'A status', 200, 599),
      headers,
      body: toWireBody(body),
    };
  }

  toWire(): WireResponse {
    return this.#wire;
  }
}

function isContentType(header: WireHeader): boolean {
  return header[0] === 'content-type';
}

/** `value` as JSON. @throws TypeError when it has no JSON form. */
export function json(value: unknown, options: ResponseOptions = {}): ExtensionResponse {
  const body = jsonText(value);
  if (body === undefined) throw new TypeError('The answer has no JSON form.');
  return new ExtensionResponse(body, 'application/json', options);
}

/** Plain text. */
export function text(value: string, options: ResponseOptions = {}): ExtensionResponse {
  return new ExtensionResponse(value, 'text/plain; charset=utf-8', options);
}

/** Bytes that are not text. They cross the boundary one by one: at most 256 KiB are allowed, and text is faster. */
export function bytes(value: Uint8Array, options: ResponseOptions = {}): ExtensionResponse {
  return new ExtensionResponse(value, 'application/octet-stream', options);
}

/** No body; status 204 unless told otherwise. */
export function empty(options: ResponseOptions = {}): ExtensionResponse {
  return new ExtensionResponse(undefined, undefined, options, 204);
}
