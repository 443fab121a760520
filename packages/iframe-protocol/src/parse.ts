import type { FrameErrorCode } from './errors.ts';
import { version as versionField } from './fields.ts';
import { FRAME_MESSAGES, type FrameMessage, READY, type ReadyMessage } from './frame-messages.ts';
import { HOST_MESSAGES, type HostMessage } from './host-messages.ts';
import { MAX_FRAME_MESSAGE, MAX_HOST_MESSAGE } from './limits.ts';
import type { Kinds, MessageOf } from './message.ts';
import { Mismatch, isPlain, object, optional, text, type Guard } from './schema.ts';
import { measure } from './size.ts';

/** A checked message, or why there is none. `detail` holds nothing that the other side wrote. */
export type Parsed<M> =
  | { readonly ok: true; readonly message: M }
  | {
      readonly ok: false;
      readonly code: Extract<FrameErrorCode, 'invalid_message' | 'message_too_large'>;
      readonly detail: string;
      /** The refused message's id where it has a proper one, so that the refusal can answer it. */
      readonly requestId: string | undefined;
    };

/** Whether data that came to a window means to be a message of this protocol at all. Other scripts use windows too. */
export function isAlga(data: unknown): boolean {
  return isPlain(data) && Object.hasOwn(data, 'alga') && data['alga'] === true;
}

/** Checks the handshake's message. Any version may be in its envelope: the payload is what is negotiated with. */
export function parseReady(data: unknown): Parsed<ReadyMessage> {
  return parse({ ready: READY }, data, versionField, MAX_FRAME_MESSAGE);
}

/** Checks what came through a frame's port, in the negotiated version. */
export function parseFrameMessage(data: unknown, version: string): Parsed<FrameMessage> {
  return parse(FRAME_MESSAGES, data, exactly(version), MAX_FRAME_MESSAGE);
}

/** Checks what a host sent. Until `bootstrap` has named the version, pass the versions that this side speaks. */
export function parseHostMessage(data: unknown, versions: readonly string[]): Parsed<HostMessage> {
  return parse(HOST_MESSAGES, data, exactly(...versions), MAX_HOST_MESSAGE);
}

const anything: Guard<unknown> = (value) => value;

const isTrue: Guard<true> = (value, at) => {
  if (value !== true) throw new Mismatch(at, 'true');
  return true;
};

function exactly(...versions: readonly string[]): Guard<string> {
  return (value, at) => {
    if (typeof value !== 'string' || !versions.includes(value)) {
      throw new Mismatch(at, `version ${versions.join(' or ')}`);
    }
    return value;
  };
}

function parse<K extends Kinds>(
  kinds: K,
  data: unknown,
  version: Guard<string>,
  maxCharacters: number,
): Parsed<MessageOf<K>> {
  const measured = measure(data, maxCharacters);
  if (measured === 'too_large') {
    return { ok: false, code: 'message_too_large', detail: 'message: too large', requestId: undefined };
  }
  let requestId: string | undefined;
  try {
    if (measured === 'not_plain') throw new Mismatch('message', 'plain data');
    const envelope = object({
      alga: isTrue,
      version,
      type: text(64),
      request_id: optional(text(64, { min: 1, pattern: /^[A-Za-z0-9_-]+$/ })),
      payload: anything,
    })(data, 'message');
    requestId = envelope.request_id;
    const kind = Object.hasOwn(kinds, envelope.type) ? kinds[envelope.type] : undefined;
    if (kind === undefined) throw new Mismatch('message.type', 'a known type');
    const message = {
      version: envelope.version,
      type: envelope.type,
      requestId: kind.id(requestId, 'message.request_id'),
      payload: kind.payload(envelope.payload, envelope.type),
    };
    return { ok: true, message: message as MessageOf<K> };
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    return { ok: false, code: 'invalid_message', detail: error.message, requestId };
  }
}
