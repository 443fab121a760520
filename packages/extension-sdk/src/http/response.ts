import { whole } from '../runtime/checked.ts';
import { jsonText } from '../runtime/json-text.ts';
import { toWire, type WireAnswer } from '../runtime/to-wire.ts';
import type { WireBody, WireHeader, WireResponse } from '../runtime/wire.ts';
import { toWireBody, toWireHeaders } from './encode.ts';

export interface ResponseOptions {
  /** 200 to 599. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is fit to leave the sandbox; anything else throws here, where it can be logged. */
export class ExtensionResponse implements WireAnswer {
  readonly #wire: WireResponse;

  constructor(
    body: WireBody,
    contentType: string | undefined,
    options: ResponseOptions | undefined,
    status = 200,
  ) {
    this.#wire = {
      status: whole(options?.status ?? status, 'A status', 200, 599),
      headers: headersOf(options?.headers, contentType),
      body,
    };
  }

  [toWire](): WireResponse {
    return this.#wire;
  }
}

function headersOf(given: ResponseOptions['headers'], contentType: string | undefined): WireHeader[] {
  const own: WireHeader[] = contentType === undefined ? [] : [['content-type', contentType]];
  if (given === undefined) return own;
  const headers = toWireHeaders(given);
  return headers.some(([name]) => name === 'content-type') ? headers : [...headers, ...own];
}

/** `value` as JSON. @throws TypeError when it has no JSON form. */
export function json(value: unknown, options?: ResponseOptions): ExtensionResponse {
  const val = jsonText(value);
  if (val === undefined) throw new TypeError('The answer has no JSON form.');
  // Well-formed already: a lone surrogate has become an escape.
  return new ExtensionResponse({ tag: 'text', val }, 'application/json', options);
}

/** Plain text. */
export function text(value: string, options?: ResponseOptions): ExtensionResponse {
  return new ExtensionResponse(toWireBody(value), 'text/plain; charset=utf-8', options);
}

/** Bytes that are not text. They cross the boundary one by one: at most 256 KiB are allowed, and text is faster. */
export function bytes(value: Uint8Array, options?: ResponseOptions): ExtensionResponse {
  return new ExtensionResponse(toWireBody(value), 'application/octet-stream', options);
}

/** No body; status 204 unless told otherwise. */
export function empty(options?: ResponseOptions): ExtensionResponse {
  return new ExtensionResponse(toWireBody(undefined), undefined, options, 204);
}
