import { toWireBody } from '../http/encode.ts';
import type { WireBody } from '../runtime/wire.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';

/** What a body is made from. There are no streams, forms and blobs. */
export type BodyInit = string | ArrayBuffer | ArrayBufferView | URLSearchParamsLike | null | undefined;

/** Anything whose text is a query, such as `URLSearchParams`. */
interface URLSearchParamsLike {
  append(name: string, value: string): void;
  toString(): string;
}

/** A body in its wire form, and the content type that the standard gives it. */
export function extractBody(body: BodyInit): { wire: WireBody; contentType?: string } {
  if (body === null || body === undefined) return { wire: { tag: 'empty' } };
  if (typeof body === 'string') return { wire: toWireBody(body), contentType: 'text/plain;charset=UTF-8' };
  // A copy: what is written to the buffer later is not part of the message.
  if (body instanceof ArrayBuffer) return { wire: toWireBody(new Uint8Array(body.slice(0))) };
  if (ArrayBuffer.isView(body)) {
    return { wire: toWireBody(new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice()) };
  }
  if (typeof (body as unknown) === 'object' && typeof body.append === 'function') {
    const contentType = 'application/x-www-form-urlencoded;charset=UTF-8';
    return { wire: toWireBody(body.toString()), contentType };
  }
  throw new TypeError('A body is a string, bytes or URLSearchParams.');
}

/** The body of the Fetch standard's `Request` and `Response`, which can be read once. */
export abstract class Body {
  readonly #wire: WireBody;
  #bodyUsed = false;

  constructor(wire: WireBody) {
    this.#wire = wire;
  }

  get bodyUsed(): boolean {
    return this.#bodyUsed;
  }

  text(): Promise<string> {
    return this.#read(() => {
      const wire = this.#wire;
      return wire.tag === 'text' ? wire.val : decodeUtf8(bytesOf(wire));
    });
  }

  json(): Promise<unknown> {
    return this.text().then((text) => JSON.parse(text) as unknown);
  }

  bytes(): Promise<Uint8Array> {
    return this.#read(() => bytesOf(this.#wire).slice());
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.bytes().then((bytes) => bytes.buffer as ArrayBuffer);
  }

  /** The body for another message. @throws TypeError when it was read. */
  takeBody(isRead: boolean): WireBody {
    if (this.#bodyUsed) throw new TypeError('The body has been read already.');
    this.#bodyUsed = isRead;
    return this.#wire;
  }

  #read<T>(read: () => T): Promise<T> {
    return new Promise((resolve) => {
      this.takeBody(true);
      resolve(read());
    });
  }
}

function bytesOf(wire: WireBody): Uint8Array {
  switch (wire.tag) {
    case 'empty':
      return new Uint8Array(0);
    case 'text':
      return encodeUtf8(wire.val);
    case 'binary':
      return wire.val;
  }
}
