import {
  type FrameErrorCode,
  type FrameMessage,
  type FramePermission,
  type HostMessage,
  type PayloadOf,
  parseFrameMessage,
  toEnvelope,
} from '@alga/iframe-protocol';
import { ApiProxy, toResponse } from './api-proxy.ts';
import type { HostTheme, Refusal, SessionOptions } from './options.ts';
import { ALL_MESSAGES, MESSAGES, REFUSALS } from './rates.ts';
import { type Clock, TokenBucket } from './token-bucket.ts';

/** What a session tells the frame's owner. */
export interface SessionEvents {
  onResize(height: number): void;
  /** The frame sends more that is refused than anybody does by mistake. The session has closed itself. */
  onFlood(): void;
}

/** One connection with one document in a frame, from its handshake to its end. */
export class FrameSession {
  readonly #port: MessagePort;
  readonly #version: string;
  readonly #options: SessionOptions;
  readonly #events: SessionEvents;
  readonly #all: TokenBucket;
  readonly #byType: ReadonlyMap<FrameMessage['type'], TokenBucket>;
  readonly #refusals: TokenBucket;
  readonly #permissions: ReadonlySet<FramePermission>;
  readonly #api: ApiProxy | undefined;
  readonly #ended = new AbortController();
  #isAsking = false;

  constructor(
    port: MessagePort,
    version: string,
    options: SessionOptions,
    events: SessionEvents,
    clock: Clock,
  ) {
    this.#port = port;
    this.#version = version;
    this.#options = options;
    this.#events = events;
    this.#all = new TokenBucket(ALL_MESSAGES, clock);
    this.#refusals = new TokenBucket(REFUSALS, clock);
    this.#byType = new Map(
      Object.entries(MESSAGES).map(([type, rate]) => [
        type as FrameMessage['type'],
        new TokenBucket(rate, clock),
      ]),
    );
    this.#permissions = new Set(options.permissions);
    this.#api =
      options.api === undefined
        ? undefined
        : new ApiProxy(options.api, {
            answer: (id, answer) => {
              this.#send('apiproxy_response', toResponse(answer), id);
            },
            failed: (id, error) => {
              this.#send('apiproxy_response', { status: 0, headers: {}, error }, id);
            },
            progress: (id, loaded, total) => {
              this.#send('apiproxy_progress', { loaded, total }, id);
            },
            fault: (error) => {
              this.#fault(error);
            },
          });
  }

  /** Sends `bootstrap` and listens. */
  start(theme: HostTheme, path: string): void {
    this.#port.onmessage = (event) => {
      this.#receive(event);
    };
    this.#port.onmessageerror = () => {
      this.#refuse('invalid_message', 'message: readable data', undefined);
    };
    const { context, extensionId, permissions, session, requestId } = this.#options;
    this.#send(
      'bootstrap',
      {
        session: session ?? null,
        theme_tokens: { ...theme.tokens },
        color_scheme: theme.colorScheme,
        navigation: { path },
        context: {
          extension_id: extensionId,
          ...(context.installId === undefined ? {} : { install_id: context.installId }),
          ...(context.tenantId === undefined ? {} : { tenant_id: context.tenantId }),
          ...(context.user === undefined ? {} : { user: context.user }),
          locale: context.locale,
        },
        permissions: [...permissions],
      },
      requestId,
    );
  }

  setTheme(theme: HostTheme): void {
    this.#send('theme', { theme_tokens: { ...theme.tokens }, color_scheme: theme.colorScheme });
  }

  navigate(path: string): void {
    this.#send('navigate', { path });
  }

  /** Ends everything that the frame has started. Whoever holds the other end of the port talks to nobody. */
  close(): void {
    if (this.#ended.signal.aborted) return;
    this.#send('error', { code: 'closed', message: 'The host has ended the connection.' });
    this.#ended.abort();
    this.#api?.close();
    this.#port.onmessage = null;
    this.#port.close();
  }

  #receive(event: MessageEvent<unknown>): void {
    if (!this.#all.take()) {
      this.#refuse('rate_limited', 'messages: too many', undefined);
      return;
    }
    if (event.ports.length > 0) {
      this.#refuse('invalid_message', 'message: no ports', undefined);
      return;
    }
    const parsed = parseFrameMessage(event.data, this.#version);
    if (!parsed.ok) {
      this.#refuse(parsed.code, parsed.detail, parsed.requestId);
    } else if (this.#byType.get(parsed.message.type)?.take() !== true) {
      this.#refuse('rate_limited', `${parsed.message.type}: too many`, parsed.message.requestId);
    } else {
      this.#handle(parsed.message);
    }
  }

  #handle(message: FrameMessage): void {
    switch (message.type) {
      case 'resize':
        this.#events.onResize(message.payload.height);
        return;
      case 'navigate':
        this.#ask('navigate', this.#options.onNavigate, message, (handler) => {
          handler(message.payload.path);
        });
        return;
      case 'toast':
        this.#ask('toast', this.#options.onToast, message, (handler) => {
          handler(message.payload);
        });
        return;
      case 'apiproxy':
        this.#ask('api', this.#api, message, (api) => {
          api.start(message.requestId, message.payload);
        });
        return;
      case 'apiproxy_body':
        this.#ask('api', this.#api, message, (api) => {
          api.addPart(message.requestId, message.payload.data);
        });
        return;
      case 'apiproxy_cancel':
        this.#ask('api', this.#api, message, (api) => {
          api.cancel(message.requestId);
        });
        return;
      case 'confirm':
        this.#ask('confirm', this.#options.confirm, message, (confirm) => {
          void this.#confirm(confirm, message.payload, message.requestId);
        });
        return;
      case 'token':
        this.#ask('token', this.#options.issueToken, message, (issueToken) => {
          void this.#token(issueToken, message.requestId);
        });
        return;
    }
  }

  #ask<H>(
    permission: FramePermission,
    handler: H | undefined,
    message: FrameMessage,
    run: (handler: H) => void,
  ): void {
    if (handler === undefined || !this.#permissions.has(permission)) {
      this.#refuse(
        'permission_denied',
        `${message.type}: needs the permission ${permission}`,
        message.requestId,
      );
      return;
    }
    try {
      run(handler);
    } catch (error) {
      this.#fault(error);
    }
  }

  async #confirm(
    confirm: NonNullable<SessionOptions['confirm']>,
    question: PayloadOf<FrameMessage, 'confirm'>,
    requestId: string,
  ): Promise<void> {
    // One at a time: a pile of dialogs would lock the user into the host page.
    if (this.#isAsking) {
      this.#refuse('rate_limited', 'confirm: a dialog is open', requestId);
      return;
    }
    this.#isAsking = true;
    try {
      this.#send('confirm_response', { confirmed: await confirm(question, this.#ended.signal) }, requestId);
    } catch (error) {
      this.#fault(error);
      this.#sendError('internal', 'The host could not ask.', requestId);
    } finally {
      this.#isAsking = false;
    }
  }

  async #token(issueToken: NonNullable<SessionOptions['issueToken']>, requestId: string): Promise<void> {
    try {
      const { token, expires_at } = await issueToken();
      this.#send('token_response', { token, expires_at }, requestId);
    } catch (error) {
      this.#fault(error);
      this.#sendError('token_unavailable', 'The host has no token for this install.', requestId);
    }
  }

  #refuse(code: Refusal['code'], detail: string, requestId: string | undefined): void {
    this.#options.onRefused?.({ code, detail });
    if (!this.#refusals.take()) {
      this.close();
      this.#events.onFlood();
      return;
    }
    this.#sendError(code, detail, requestId);
  }

  #sendError(code: FrameErrorCode, message: string, requestId: string | undefined): void {
    this.#send('error', { code, message }, requestId);
  }

  #send<T extends HostMessage['type']>(
    type: T,
    payload: PayloadOf<HostMessage, T>,
    requestId?: string,
  ): void {
    if (this.#ended.signal.aborted) return;
    const message = { version: this.#version, type, requestId, payload } as unknown as HostMessage;
    this.#port.postMessage(toEnvelope(message));
  }

  #fault(error: unknown): void {
    if (this.#options.onFault === undefined) console.error(error);
    else this.#options.onFault(error);
  }
}
