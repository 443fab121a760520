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

// The host hears of this page's load at about the same time as of its first attempt, in either order.
const RETRY_MS = 100;

/**
 * Shakes hands with the host: makes a channel, sends one end with the load's nonce, waits for `bootstrap`, and tries
 * again with another channel until it comes. The other end never leaves this document, so it dies with it.
 *
 * @throws {FrameError} `timeout` when no host answers, `version_unsupported` when it speaks another version.
 */
export function shakeHands(nonce: string, post: PostReady, timeoutMs: number): Promise<Connected> {
  const payload = { nonce, versions: SUPPORTED_VERSIONS };
  const [version = ''] = SUPPORTED_VERSIONS;
  const ready = toEnvelope({ version, type: 'ready', requestId: undefined, payload });

  return new Promise<Connected>((resolve, reject) => {
    const attempts: MessagePort[] = [];
    const finish = (used?: MessagePort) => {
      clearInterval(retry);
      clearTimeout(timer);
      for (const port of attempts) if (port !== used) port.close();
    };
    const attempt = () => {
      const { port1, port2 } = new MessageChannel();
      attempts.push(port1);
      port1.onmessage = (event: MessageEvent<unknown>) => {
        const parsed = parseHostMessage(event.data, SUPPORTED_VERSIONS);
        if (!parsed.ok) return;
        if (parsed.message.type === 'bootstrap') {
          finish(port1);
          resolve({ port: port1, bootstrap: parsed.message });
        } else if (parsed.message.type === 'error') {
          finish();
          reject(new FrameError(parsed.message.payload.code, parsed.message.payload.message));
        }
      };
      post(ready, port2);
    };
    const retry = setInterval(attempt, RETRY_MS);
    const timer = setTimeout(() => {
      finish();
      reject(new FrameError('timeout', `No host answered within ${timeoutMs} ms.`));
    }, timeoutMs);
    attempt();
  });
}

/** Waits for this page's load event: the host takes no handshake before it. */
export function loaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === 'complete') resolve();
    else {
      addEventListener(
        'load',
        () => {
          resolve();
        },
        { once: true },
      );
    }
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
