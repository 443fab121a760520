import { notText, wellFormed } from '../runtime/checked.ts';
import type { WireBody, WireHeader } from '../runtime/wire.ts';

/** A body to send; absent for none. */
export type BodyInit = string | Uint8Array | undefined;

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
// A value is visible text: a control character in it could end the header early.
// eslint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** @throws TypeError when a name or a value is not fit for a header. */
export function toWireHeaders(headers: Readonly<Record<string, string>>): WireHeader[] {
  return Object.entries(headers).map(([name, value]) => toWireHeader(name, value));
}

/** @throws TypeError when the name or the value is not fit for a header. */
export function toWireHeader(name: string, value: string): WireHeader {
  const lower = name.toLowerCase();
  if (!headerName.test(lower)) throw new TypeError(`"${name}" is not a header name.`);
  if (typeof (value as unknown) !== 'string') throw notText(`Header "${lower}"`, value);
  const checked = wellFormed(value);
  if (controlCharacter.test(checked)) throw new TypeError(`Header "${lower}" has a control character.`);
  return [lower, checked];
}

export function toWireBody(body: BodyInit): WireBody {
  if (body === undefined) return { tag: 'empty' };
  if (typeof body === 'string') return { tag: 'text', val: wellFormed(body) };
  // Untyped callers reach this too.
  if (!((body as unknown) instanceof Uint8Array))
    throw new TypeError('A body must be a string or a Uint8Array.');
  return { tag: 'binary', val: body };
}
