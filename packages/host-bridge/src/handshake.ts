import { isAlga, negotiateVersion, parseReady, toEnvelope } from '@alga/iframe-protocol';

/** The parts of a window's message event that the handshake looks at. */
export interface WindowMessage {
  readonly source: unknown;
  readonly origin: string;
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

/** What the host expects of the load that it has started. */
export interface ExpectedLoad {
  /** The frame's window: another frame's messages are not this load's. */
  readonly source: unknown;
  /** The load's nonce; undefined once it was used. */
  readonly nonce: string | undefined;
}

/** What came of a message: not for this frame, refused, or the start of a session. */
export type Handshake =
  | { readonly kind: 'ignored' }
  | {
      readonly kind: 'refused';
      readonly code: 'invalid_message' | 'message_too_large' | 'version_unsupported';
      readonly detail: string;
    }
  | { readonly kind: 'accepted'; readonly port: MessagePort; readonly version: string };

// The origin of every document in a frame without `allow-same-origin`. Real origins are refused: such a document is not
// sandboxed, whatever it says.
const SANDBOXED = 'null';

/**
 * Judges a message that came to the host's window. Source and origin, which the browser vouches for, come before
 * anything that the sender wrote.
 *
 * The frame makes the channel and sends one end of it. A host that sent a port into the frame would have to post it to
 * "*", since a sandboxed origin has no name, and might hand it to a document that has taken the first one's place.
 */
export function judge(message: WindowMessage, expected: ExpectedLoad): Handshake {
  if (message.source === null || message.source !== expected.source || !isAlga(message.data))
    return { kind: 'ignored' };
  if (message.origin !== SANDBOXED) return refused('ready: from a sandboxed document');

  const parsed = parseReady(message.data);
  if (!parsed.ok) return { kind: 'refused', code: parsed.code, detail: parsed.detail };
  if (expected.nonce === undefined) return refused('ready.nonce: used before');
  if (parsed.message.payload.nonce !== expected.nonce) return refused('ready.nonce: of this load');
  const [port] = message.ports;
  if (port === undefined || message.ports.length !== 1) return refused('ready: one port');

  const version = negotiateVersion(parsed.message.payload.versions);
  if (version === undefined) {
    const text = 'Host and frame share no version of the protocol.';
    port.postMessage(
      toEnvelope({
        version: '2',
        type: 'error',
        requestId: undefined,
        payload: { code: 'version_unsupported', message: text },
      }),
    );
    port.close();
    return {
      kind: 'refused',
      code: 'version_unsupported',
      detail: 'ready.versions: one that this host speaks',
    };
  }
  return { kind: 'accepted', port, version };
}

function refused(detail: string): Handshake {
  return { kind: 'refused', code: 'invalid_message', detail };
}
