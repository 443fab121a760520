import type { WireRequest } from './wire.ts';

/** Where the platform's requests seem to go: a name that never resolves. */
const origin = 'https://extension.invalid';

/** A request as the global `Request`: the SDK's own in a component, Node's in a test. */
export function toStandardRequest(request: WireRequest): Request {
  const path = request.path.split('/').map(encodeURIComponent).join('/');
  const query = new URLSearchParams(request.query).toString();
  return new Request(`${origin}${path}${query === '' ? '' : `?${query}`}`, {
    method: request.method,
    headers: request.headers,
    ...(request.body.tag === 'empty' ? {} : { body: request.body.val as string | Uint8Array<ArrayBuffer> }),
  });
}
