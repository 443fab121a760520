import { autoResize } from './auto-resize.ts';
import { createExtension, type Extension } from './extension.ts';
import { hostOrigin, loaded, shakeHands, takeNonce } from './handshake.ts';
import { applyTheme } from './theme.ts';

/** What {@link connect} takes. */
export interface ConnectOptions {
  /** Keeps the theme on the root element; true unless given. */
  readonly applyTheme?: boolean;
  /** Keeps the frame as high as the content; true unless given. */
  readonly autoResize?: boolean;
  /** Milliseconds to wait for the host; 10,000 unless given. */
  readonly timeoutMs?: number;
}

let connection: Promise<Extension> | undefined;

/**
 * Connects this page with the host that has opened it. Call it before a router looks at the URL. A page has one
 * connection: later calls give the same one, and their options do not count.
 *
 * @throws {FrameError} `timeout`, `version_unsupported`, or `internal` when no host has opened this page.
 */
export function connect(options: ConnectOptions = {}): Promise<Extension> {
  connection ??= open(options);
  return connection;
}

async function open(options: ConnectOptions): Promise<Extension> {
  const origin = hostOrigin();
  const nonce = takeNonce();
  await loaded();
  const connected = await shakeHands(
    nonce,
    (message, port) => {
      window.parent.postMessage(message, origin, [port]);
    },
    options.timeoutMs ?? 10_000,
  );
  const { extension, channel } = createExtension(connected);
  const root = document.documentElement;
  if (options.applyTheme !== false) applyTheme(extension.theme, root);
  if (options.autoResize !== false) autoResize(channel, root);
  return extension;
}
