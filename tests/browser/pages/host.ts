// The host page of the tests: opens frames on demand and keeps a record of all that happens.
import {
  type BootstrapOptions,
  bootstrapIframe,
  buildExtUiSrc,
  type FrameHandle,
  type FramePermission,
  type Refusal,
} from '@alga/host-bridge';

/** What a test says of a frame to open. */
export interface OpenFrame {
  readonly id: string;
  readonly contentHash: string;
  readonly runner: string;
  /** In the URL's query, where pages read it before any handshake. */
  readonly path?: string;
  readonly initialPath?: string;
  readonly permissions?: readonly FramePermission[];
  readonly handshakeTimeoutMs?: number;
  /** Lets the host be careless with the element first. */
  readonly loose?: boolean;
}

/** What has happened with a frame. */
export interface FrameRecord {
  readonly states: string[];
  readonly toasts: string[];
  readonly places: string[];
  readonly refusals: Refusal[];
}

/** A message that came to the host's window: which frame it came from, and its type. */
export interface SeenMessage {
  readonly frame: number;
  readonly origin: string;
  readonly type: unknown;
}

const records: FrameRecord[] = [];
const handles: FrameHandle[] = [];
const iframes: HTMLIFrameElement[] = [];
const messages: SeenMessage[] = [];

window.addEventListener('message', (event: MessageEvent<{ type?: unknown } | null>) => {
  messages.push({
    frame: iframes.findIndex(({ contentWindow }) => contentWindow === event.source),
    origin: event.origin,
    type: event.data?.type,
  });
});

const harness = {
  records,
  handles,
  messages,
  /** Opens a frame and gives its index. */
  open(frame: OpenFrame): number {
    const iframe = document.createElement('iframe');
    iframe.title = frame.id;
    iframe.style.width = '600px';
    if (frame.loose === true) {
      iframe.sandbox.add('allow-scripts', 'allow-same-origin', 'allow-top-navigation');
      iframe.allow = 'camera *';
    }
    document.body.append(iframe);
    const record: FrameRecord = { states: [], toasts: [], places: [], refusals: [] };
    const options: BootstrapOptions = {
      iframe,
      src: buildExtUiSrc({
        runnerPublicBase: frame.runner,
        extensionId: frame.id,
        contentHash: frame.contentHash,
        entry: 'ui/index.html',
        ...(frame.path === undefined ? {} : { path: frame.path }),
      }),
      extensionId: frame.id,
      contentHash: frame.contentHash,
      allowedOrigin: new URL(frame.runner).origin,
      themeTokens: { '--alga-primary': 'rgb(10, 20, 30)' },
      colorScheme: 'light',
      permissions: frame.permissions ?? ['api', 'navigate', 'toast', 'confirm'],
      context: { locale: 'en', tenantId: 't1', user: { id: 'u1', name: 'Ada' } },
      api: { baseUrl: `/api/ext/${frame.id}`, accessToken: () => Promise.resolve('user-token-canary') },
      onNavigate: (path) => record.places.push(path),
      onToast: ({ message }) => record.toasts.push(message),
      confirm: ({ title }) => Promise.resolve(title === 'Say yes'),
      onRefused: (refusal) => record.refusals.push(refusal),
      onStateChange: (state, failure) =>
        record.states.push(failure === undefined ? state : `${state}:${failure}`),
      ...(frame.initialPath === undefined ? {} : { initialPath: frame.initialPath }),
      ...(frame.handshakeTimeoutMs === undefined ? {} : { handshakeTimeoutMs: frame.handshakeTimeoutMs }),
    };
    records.push(record);
    iframes.push(iframe);
    handles.push(bootstrapIframe(options));
    return records.length - 1;
  },
  recordOf(index: number): FrameRecord {
    const record = records[index];
    if (record === undefined) throw new Error(`No frame ${index}.`);
    return record;
  },
  /** The nonce that is in a frame's URL, for tests in which it has leaked. */
  nonceOf(index: number): string {
    return new URL(iframes[index]?.src ?? '').hash.split('=')[1] ?? '';
  },
};

/** What the page offers to tests. */
export type Harness = typeof harness;

declare global {
  interface Window {
    harness: Harness;
  }
}

window.harness = harness;
