import { createNonce, withNonce } from '@alga/iframe-protocol';
import { checkExtUiSrc } from './ext-ui-src.ts';
import { FrameSession } from './frame-session.ts';
import { judge } from './handshake.ts';
import type { HostTheme, SessionOptions } from './options.ts';
import { REFUSALS, RELOADS } from './rates.ts';
import { TokenBucket } from './token-bucket.ts';

/** Where a frame is: its page loads, it is connected, it was given up, or the host has disposed of it. */
export type FrameState = 'loading' | 'connected' | 'failed' | 'disposed';

/** Why a frame was given up: no handshake in time, reloads without end, or a flood of refused messages. */
export type FrameFailure = 'handshake_timeout' | 'too_many_reloads' | 'flood';

/** What {@link bootstrapIframe} takes. */
export interface BootstrapOptions extends Omit<SessionOptions, 'theme'> {
  /** Empty, in the page or about to be. The bridge sets its `src`, `sandbox`, `allow` and `referrerpolicy`. */
  readonly iframe: HTMLIFrameElement;
  /** From `buildExtUiSrc()`. */
  readonly src: string;
  /** `sha256:` and 64 hexadecimal digits; must be the one in `src`. */
  readonly contentHash: string;
  /** Origin of `RUNNER_PUBLIC_BASE`: the only one that the frame is loaded from. Never the page's own. */
  readonly allowedOrigin: string;
  readonly themeTokens: HostTheme['tokens'];
  readonly colorScheme: HostTheme['colorScheme'];
  /** Largest height that the frame may give itself, in CSS pixels; 10,000 unless given. */
  readonly maxHeight?: number;
  /** Time from the start of a load to its handshake, in milliseconds; 30,000 unless given. */
  readonly handshakeTimeoutMs?: number;
  readonly onStateChange?: (state: FrameState, failure?: FrameFailure) => void;
}

/** A frame that the bridge looks after. */
export interface FrameHandle {
  readonly state: FrameState;
  /** Hands a new theme to the frame, now and after each reload. */
  setTheme(theme: HostTheme): void;
  /** Takes the frame to a place of its own: the host's URL has changed. */
  navigate(path: string): void;
  /** Loads the page anew, with a fresh handshake; also after a failure. */
  reload(): void;
  /** Ends the connection and all that it has started. The element stays, empty. */
  dispose(): void;
}

/**
 * Loads an extension's page into a frame and connects with it.
 *
 * @throws {TypeError} when `src` is not a page of this extension and version at `allowedOrigin`, or that is the page's
 * own origin.
 */
export function bootstrapIframe(options: BootstrapOptions): FrameHandle {
  checkExtUiSrc(options.src, options.extensionId, options.contentHash, options.allowedOrigin);
  if (options.allowedOrigin === location.origin) {
    throw new TypeError('Extensions are served from an origin of their own, not from the host page’s.');
  }
  return new IframeHost(options);
}

class IframeHost implements FrameHandle {
  readonly #options: BootstrapOptions;
  readonly #session: SessionOptions;
  readonly #clock = () => performance.now();
  readonly #reloads = new TokenBucket(RELOADS, this.#clock);
  #refusals = new TokenBucket(REFUSALS, this.#clock);
  #theme: HostTheme;
  #path: string;
  #state: FrameState = 'loading';
  #nonce: string | undefined;
  #loads = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #current: FrameSession | undefined;

  constructor(options: BootstrapOptions) {
    this.#options = options;
    this.#theme = { tokens: options.themeTokens, colorScheme: options.colorScheme };
    this.#path = options.initialPath ?? '/';
    const { api, onNavigate } = options;
    this.#session = {
      ...options,
      theme: this.#theme,
      ...(api === undefined ? {} : { api: { ...api, baseUrl: absolute(api.baseUrl) } }),
      ...(onNavigate === undefined
        ? {}
        : {
            onNavigate: (path: string) => {
              this.#path = path;
              onNavigate(path);
            },
          }),
    };
    window.addEventListener('message', this.#onMessage);
    options.iframe.addEventListener('load', this.#onLoad);
    this.#mount();
  }

  get state(): FrameState {
    return this.#state;
  }

  setTheme(theme: HostTheme): void {
    this.#theme = theme;
    this.#current?.setTheme(theme);
  }

  navigate(path: string): void {
    this.#path = path;
    this.#current?.navigate(path);
  }

  reload(): void {
    if (this.#state !== 'disposed') this.#mount();
  }

  dispose(): void {
    if (this.#state === 'disposed') return;
    window.removeEventListener('message', this.#onMessage);
    this.#options.iframe.removeEventListener('load', this.#onLoad);
    this.#empty();
    this.#setState('disposed');
  }

  #mount(): void {
    this.#end();
    this.#nonce = createNonce();
    this.#refusals = new TokenBucket(REFUSALS, this.#clock);
    this.#show(withNonce(this.#options.src, this.#nonce));
    this.#timer = setTimeout(() => {
      this.#fail('handshake_timeout');
    }, this.#options.handshakeTimeoutMs ?? 30_000);
    this.#setState('loading');
  }

  // Takes the element out and puts it back, which gives it a new window: nothing of an earlier document, neither its
  // messages nor its load events, can be taken for this one's. The sandbox, too, holds only from a window's start.
  #show(src: string): void {
    const { iframe } = this.#options;
    const { parentNode, nextSibling } = iframe;
    iframe.remove();
    this.#loads = 0;
    iframe.setAttribute('sandbox', 'allow-scripts');
    iframe.setAttribute('allow', '');
    // The frame learns the host's origin from the browser, and nothing of its path.
    iframe.setAttribute('referrerpolicy', 'origin');
    iframe.setAttribute('src', src);
    parentNode?.insertBefore(iframe, nextSibling);
  }

  readonly #onMessage = (event: MessageEvent<unknown>): void => {
    const { contentWindow } = this.#options.iframe;
    if (this.#state !== 'loading' && this.#state !== 'connected') return;
    // Before its load event a document could shake hands and make room for another one unseen. The SDK tries again.
    if (this.#loads === 0) return;
    const handshake = judge(event, { source: contentWindow, nonce: this.#nonce });
    if (handshake.kind === 'ignored') return;
    if (handshake.kind === 'refused') {
      this.#options.onRefused?.({ code: handshake.code, detail: handshake.detail });
      if (!this.#refusals.take()) this.#fail('flood');
      return;
    }
    this.#nonce = undefined;
    clearTimeout(this.#timer);
    this.#current = new FrameSession(
      handshake.port,
      handshake.version,
      this.#session,
      {
        onResize: (height) => {
          this.#options.iframe.style.height = `${Math.min(height, this.#options.maxHeight ?? 10_000)}px`;
        },
        onFlood: () => {
          this.#fail('flood');
        },
      },
      this.#clock,
    );
    this.#current.start(this.#theme, this.#path);
    this.#setState('connected');
  };

  // The first load is that of the document that may shake hands from now on. Any further one is another document: a
  // reload, or a page that the frame went to by itself.
  readonly #onLoad = (): void => {
    this.#loads += 1;
    if (this.#loads === 1 || this.#state === 'failed') return;
    if (this.#reloads.take()) this.#mount();
    else this.#fail('too_many_reloads');
  };

  #fail(failure: FrameFailure): void {
    this.#empty();
    this.#setState('failed', failure);
  }

  #empty(): void {
    this.#end();
    this.#nonce = undefined;
    this.#show('about:blank');
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#current?.close();
    this.#current = undefined;
  }

  #setState(state: FrameState, failure?: FrameFailure): void {
    this.#state = state;
    this.#options.onStateChange?.(state, failure);
  }
}

function absolute(url: string): string {
  return new URL(url, document.baseURI).href.replace(/\/$/, '');
}
