import { fromBase64, MAX_BODY, MAX_BODY_PART, toBase64 } from '@alga/iframe-protocol';
import type { Channel } from './channel.ts';
import { FrameError } from './frame-error.ts';

/** What has been sent of a request's body, in bytes. */
export interface UploadProgress {
  readonly loaded: number;
  readonly total: number;
}

/** As of `fetch`; beyond it progress. Of the rest `method`, `headers`, `body` and `signal` count. */
export interface ApiInit extends RequestInit {
  readonly onUploadProgress?: (progress: UploadProgress) => void;
}

/** Calls of the extension's own endpoints. */
export interface Api {
  /**
   * As `fetch`, through the host, which adds the user's rights. The route is one of the manifest's `api.endpoints`, such
   * as `/agreements/7?full=1`. Resolves with any answer, whatever its status.
   *
   * @throws {FrameError} when there is no answer: `permission_denied`, `network`, `timeout`, `body_too_large`
   * (over 10 MiB), `response_too_large`, `rate_limited`, `closed`.
   */
  fetch(route: string, init?: ApiInit): Promise<Response>;
}

// What a Response may not be given a body with.
const WITHOUT_BODY = new Set([101, 103, 204, 205, 304]);

/** Calls through a channel. */
export function createApi(channel: Channel): Api {
  return {
    async fetch(route, init = {}) {
      const { onUploadProgress, ...rest } = init;
      // The platform's own Request turns every kind of body into bytes, and sets the content type that goes with it.
      const request = new Request(new URL(route, 'https://extension.invalid/'), rest);
      const url = new URL(request.url);
      if (url.host !== 'extension.invalid') {
        throw new FrameError('invalid_message', 'A route is a path of the extension, not a URL.');
      }
      const body = new Uint8Array(await request.arrayBuffer());
      if (body.length > MAX_BODY)
        throw new FrameError('body_too_large', `A body has ${MAX_BODY} bytes at most.`);
      request.signal.throwIfAborted();

      const inParts = body.length > MAX_BODY_PART;
      const asked = channel.ask(
        'apiproxy',
        {
          route: url.pathname + url.search,
          method: methodOf(request),
          headers: Object.fromEntries(request.headers),
          ...(inParts ? { body_size: body.length } : body.length > 0 ? { body: toBase64(body) } : {}),
          ...(onUploadProgress === undefined ? {} : { progress: true }),
        },
        'apiproxy_response',
        (loaded, total) => onUploadProgress?.({ loaded, total }),
      );
      if (inParts) {
        for (let at = 0; at < body.length; at += MAX_BODY_PART) {
          const data = toBase64(body.subarray(at, at + MAX_BODY_PART));
          channel.add('apiproxy_body', asked.requestId, { data });
        }
      }
      const { status, headers, body: encoded, error } = await abortable(channel, request.signal, asked);
      if (error !== undefined) throw new FrameError(error, 'The host could not make the call.');
      const bytes = encoded === undefined ? undefined : fromBase64(encoded);
      return new Response(WITHOUT_BODY.has(status) ? null : bytes, { status, headers: { ...headers } });
    },
  };
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function methodOf(request: Request): (typeof METHODS)[number] {
  const method = METHODS.find((candidate) => candidate === request.method.toUpperCase());
  if (method === undefined) throw new FrameError('invalid_message', `The methods are ${METHODS.join(', ')}.`);
  return method;
}

function abortable<T>(
  channel: Channel,
  signal: AbortSignal,
  asked: { readonly requestId: string; readonly answer: Promise<T> },
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => {
      channel.forget(asked.requestId);
      channel.add('apiproxy_cancel', asked.requestId, {});
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    asked.answer
      .finally(() => {
        signal.removeEventListener('abort', abort);
      })
      .then(resolve, reject);
  });
}
