import { exchange } from '../host/http.ts';
import { Request, type RequestInit, type URLLike } from './request.ts';
import { Response } from './response.ts';

/**
 * `fetch` of the Fetch standard, on top of the host's. Redirects are followed by the platform. Rejects with what the
 * SDK's own `fetch` throws.
 */
export function fetch(input: Request | URLLike | string, init: RequestInit = {}): Promise<Response> {
  return new Promise((resolve) => {
    const request = new Request(input, init);
    const { status, headers, body } = exchange({
      method: request.method,
      url: request.url,
      headers: [...request.headers],
      body: request.takeBody(true),
      timeoutMs: null,
    });
    const response = new Response(body.tag === 'empty' ? null : body.val, { status, headers });
    // What the answer does not say, the body's form here must not say for it.
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type'))
      response.headers.delete('content-type');
    resolve(response);
  });
}
