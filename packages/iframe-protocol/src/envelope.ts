import type { FrameMessage, ReadyMessage } from './frame-messages.ts';
import type { HostMessage } from './host-messages.ts';

/** A message as it travels: plain data. */
export interface Envelope {
  readonly alga: true;
  readonly version: string;
  readonly type: string;
  readonly request_id?: string;
  readonly payload: object;
}

/** Puts a message into the form that travels. */
export function toEnvelope(message: ReadyMessage | FrameMessage | HostMessage): Envelope {
  const { version, type, requestId, payload } = message;
  return {
    alga: true,
    version,
    type,
    ...(requestId === undefined ? {} : { request_id: requestId }),
    payload,
  };
}
