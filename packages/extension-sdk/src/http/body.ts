import type { WireBody } from '../runtime/wire.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import { HttpError } from './http-error.ts';

/** The body of a message, read as often and in as many forms as needed. */
export class MessageBody {
  readonly #body: WireBody;

  constructor(body: WireBody) {
    this.#body = body;
  }

  /** The body's bytes; none for an absent body. */
  bytes(): Uint8Array {
    switch (this.#body.tag) {
      case 'empty':
        return new Uint8Array(0);
      case 'text':
        return encodeUtf8(this.#body.val);
      case 'binary':
        return this.#body.val;
    }
  }

  /** The body as text; empty for an absent body. @throws HttpError 400 `invalid_text` when it is not UTF-8. */
  text(): string {
    switch (this.#body.tag) {
      case 'empty':
        return '';
      case 'text':
        return this.#body.val;
      case 'binary':
        try {
          return decodeUtf8(this.#body.val);
        } catch (error) {
          throw new HttpError(400, 'invalid_text', 'The body is not UTF-8 text.', { cause: error });
        }
    }
  }

  /** The body parsed as JSON. Its shape is the caller's to check. @throws HttpError 400 `invalid_json`. */
  json(): unknown {
    const text = this.text();
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new HttpError(400, 'invalid_json', 'The body is not JSON.', { cause: error });
    }
  }
}
