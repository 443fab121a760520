import type { Envelope } from '../api/types.ts';

/** What a signature binds, as far as this page shows it. */
export interface Statement {
  readonly publisher?: string;
  readonly registry?: string;
  readonly version?: string;
  /** 64 hexadecimal digits. */
  readonly sha256?: string;
  readonly capabilities?: readonly string[];
  readonly acceptedAt?: string;
  readonly publisherKeyId?: string;
  /** Of the bundle; an older form of statement may have none. */
  readonly files?: readonly { readonly path: string; readonly sha256: string }[];
}

/** Reads the statement that an envelope carries; null where it is none. It is compared and shown, not verified. */
export function readStatement(envelope: Envelope): Statement | null {
  try {
    const bytes = Uint8Array.from(atob(envelope.payload), (character) => character.charCodeAt(0));
    const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof read !== 'object' || read === null) return null;
    const { bundle, ...rest } = read as Statement & { bundle?: { sha256?: string } };
    return { ...rest, ...(typeof bundle?.sha256 === 'string' ? { sha256: bundle.sha256 } : {}) };
  } catch {
    return null;
  }
}
