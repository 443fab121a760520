import {
  type HostMessage,
  nonceFrom,
  parseHostMessage,
  SUPPORTED_VERSIONS,
  toEnvelope,
} from '@alga/iframe-protocol';
import { FrameError } from './frame-error.ts';

/** The host's first message, and the port that it came through. */
export interface Connected {
  readonly port: MessagePort;
  readonly bootstrap: Extract<HostMessage, { type: 'bootstrap' }>;
}

/** Sends one message with one port to the host's window. */
export type PostReady = (message: unknown, port: MessagePort) => void;

/**
 * Shakes hands with the host: makes a channel, sends one end with the load's nonce, waits for `bootstrap`. The other end
 * never leaves this document, so it dies with it.
 *
 * @throws {FrameError} `timeout` when no host answers, `version_unsupported` when it speaks another version.
 */
export function shakeHands(nonce: string, post: PostReady, timeoutMs: number): Promise<Connected> {
  const { port1, port2 } = new MessageChannel();
  return new Promise<Connected>((resolve, reject) => {
    const timer = setTimeout(() => {
      port1.close();
      reject(new FrameError('timeout', `No host answered within ${timeoutMs} ms.`));
    }, timeoutMs);
    port1.onmessage = (event: MessageEvent<unknown>) => {
      const parsed = parseHostMessage(event.data, SUPPORTED_VERSIONS);
      if (!parsed.ok || (parsed.message.type !== 'bootstrap' && parsed.message.type !== 'error')) return;
      clearTimeout(timer);
      if (parsed.message.type === 'bootstrap') {
        resolve({ port: port1, bootstrap: parsed.message });
      } else {
        port1.close();
        reject(new FrameError(parsed.message.payload.code, parsed.message.payload.message));
      }
    };
    const payload = { nonce, versions: SUPPORTED_VERSIONS };
    const [version = ''] = SUPPORTED_VERSIONS;
    post(toEnvelope({ version, type: 'ready', requestId: undefined, payload }), port2);
  });
}

/** Takes the load's nonce out of the page's URL, so that routers and users do not meet it. */
export function takeNonce(): string {
  const nonce = nonceFrom(location.hash);
  if (nonce === undefined) {
    throw new FrameError('internal', 'This page was not opened by a host: its URL names no load.');
  }
  history.replaceState(history.state, '', location.pathname + location.search);
  return nonce;
}

/**
 * The origin of the page around this one, as the browser knows it. Never read from a URL or a message: who writes those
 * could write anything.
 */
export function hostOrigin(): string {
  const { ancestorOrigins } = location as { ancestorOrigins?: DOMStringList };
  const origin =
    ancestorOrigins?.item(0) ?? (document.referrer === '' ? undefined : new URL(document.referrer).origin);
  if (window.parent === window || origin === undefined || origin === 'null') {
    throw new FrameError('internal', 'This page is not in a frame of a host.');
  }
  return origin;
}
