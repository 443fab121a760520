import { ParsedUrl } from '../web/parsed-url.ts';
import type { WireRequest } from './wire.ts';

/** Where the platform's requests seem to go: a name that never resolves. */
const origin = 'https://extension.invalid';

/** A segment that a URL parser would take out. */
const dotSegment = /(^|\/)\.{1,2}(\/|$)/;

/** A request as the global `Request`: the SDK's own in a component, Node's in a test. */
export function toStandardRequest(request: WireRequest): Request {
  const path = request.path.split('/').map(encodeURIComponent).join('/');
  const query = request.query.length === 0 ? '' : `?${new URLSearchParams(request.query).toString()}`;
  const url = `${origin}${path}${query}`;
  const input: unknown = dotSegment.test(path) ? url : new ParsedUrl(url);
  return new Request(input as string, {
    method: request.method,
    headers: request.headers,
    ...(request.body.tag === 'empty' ? {} : { body: request.body.val as string | Uint8Array<ArrayBuffer> }),
  });
}
