import {
  type FrameErrorCode,
  fromBase64,
  MAX_BODY,
  type FrameMessage,
  type PayloadOf,
  toBase64,
} from '@alga/iframe-protocol';
import { requestHeaders, responseHeaders } from './header-lists.ts';
import type { ApiOptions } from './options.ts';
import { MAX_CALLS, MAX_WAITING_BODIES } from './rates.ts';
import { resolveRoute } from './route.ts';
import { type ApiAnswer, ApiFailure } from './transport.ts';
import { xhrTransport } from './xhr-transport.ts';

type CallPayload = PayloadOf<FrameMessage, 'apiproxy'>;

/** Where answers go. */
export interface ApiReplies {
  answer(requestId: string, answer: ApiAnswer): void;
  failed(requestId: string, code: FrameErrorCode): void;
  progress(requestId: string, loaded: number, total: number): void;
  /** A fault of the host page or of its options. */
  fault(error: unknown): void;
}

interface Call {
  readonly payload: CallPayload;
  readonly url: string;
  readonly abort: AbortController;
  readonly size: number;
  readonly parts: Uint8Array[];
  received: number;
}

/**
 * Makes a frame's calls of its own extension's endpoints. The user's token is added here; the frame sees neither it nor
 * any header beyond the gateway's lists.
 */
export class ApiProxy {
  readonly #options: ApiOptions;
  readonly #replies: ApiReplies;
  readonly #calls = new Map<string, Call>();

  constructor(options: ApiOptions, replies: ApiReplies) {
    this.#options = options;
    this.#replies = replies;
  }

  /** Starts a call, at once or when the parts of its body have come. */
  start(requestId: string, payload: CallPayload): void {
    // The answer to the second could be taken for the first one's.
    if (this.#calls.has(requestId)) return;
    const url = resolveRoute(this.#options.baseUrl, payload.route);
    const body = payload.body === undefined ? undefined : fromBase64(payload.body);
    const isMalformed =
      (payload.body !== undefined && (body === undefined || payload.body_size !== undefined)) ||
      (isBodiless(payload) && (payload.body !== undefined || payload.body_size !== undefined));
    if (url === undefined || isMalformed) {
      this.#replies.failed(requestId, 'invalid_message');
      return;
    }
    const size = payload.body_size ?? body?.length ?? 0;
    const waiting = [...this.#calls.values()].reduce((sum, call) => sum + call.size, 0);
    if (this.#calls.size >= MAX_CALLS || waiting + size > MAX_WAITING_BODIES) {
      this.#replies.failed(requestId, 'rate_limited');
      return;
    }
    const call: Call = { payload, url, abort: new AbortController(), size, parts: [], received: 0 };
    this.#calls.set(requestId, call);
    if (body !== undefined) call.parts.push(body);
    if (payload.body_size === undefined) void this.#send(requestId, call);
  }

  /** Takes the next part of a body; the last one sends the call. */
  addPart(requestId: string, data: string): void {
    const call = this.#calls.get(requestId);
    if (call?.payload.body_size === undefined || call.received === call.size) return;
    const part = fromBase64(data);
    if (part === undefined || part.length === 0 || call.received + part.length > call.size) {
      this.#calls.delete(requestId);
      this.#replies.failed(requestId, 'body_too_large');
      return;
    }
    call.parts.push(part);
    call.received += part.length;
    if (call.received === call.size) void this.#send(requestId, call);
  }

  /** Ends a call without an answer. */
  cancel(requestId: string): void {
    const call = this.#calls.get(requestId);
    this.#calls.delete(requestId);
    call?.abort.abort();
  }

  /** Ends all calls. */
  close(): void {
    for (const requestId of [...this.#calls.keys()]) this.cancel(requestId);
  }

  async #send(requestId: string, call: Call): Promise<void> {
    try {
      const token = await this.#options.accessToken?.();
      const transport = this.#options.transport ?? xhrTransport;
      const answer = await transport(
        {
          method: call.payload.method ?? 'GET',
          url: call.url,
          headers: {
            ...requestHeaders(call.payload.headers ?? {}),
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          body: call.size === 0 ? undefined : join(call.parts, call.size),
        },
        {
          signal: call.abort.signal,
          onProgress: (loaded, total) => {
            if (call.payload.progress === true && this.#isOpen(requestId, call)) {
              this.#replies.progress(requestId, Math.min(loaded, MAX_BODY), Math.min(total, MAX_BODY));
            }
          },
        },
      );
      if (!this.#isOpen(requestId, call)) return;
      if (answer.body.length > MAX_BODY) throw new ApiFailure('response_too_large');
      this.#replies.answer(requestId, { ...answer, headers: responseHeaders(answer.headers) });
    } catch (error) {
      const code = error instanceof ApiFailure ? error.code : 'internal';
      if (code === 'internal') this.#replies.fault(error);
      if (this.#isOpen(requestId, call)) this.#replies.failed(requestId, code);
    } finally {
      if (this.#isOpen(requestId, call)) this.#calls.delete(requestId);
    }
  }

  // A cancelled call's id may already belong to another call.
  #isOpen(requestId: string, call: Call): boolean {
    return this.#calls.get(requestId) === call;
  }
}

/** The payload of `apiproxy_response` for an answer. */
export function toResponse(answer: ApiAnswer): {
  status: number;
  headers: Record<string, string>;
  body?: string;
} {
  return {
    status: answer.status,
    headers: { ...answer.headers },
    ...(answer.body.length === 0 ? {} : { body: toBase64(answer.body) }),
  };
}

function isBodiless(payload: CallPayload): boolean {
  return payload.method === undefined || payload.method === 'GET';
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
