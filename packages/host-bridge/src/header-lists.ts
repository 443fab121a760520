// As at the gateway: what an extension may send to its own endpoints, and what it may see of the answer.
const REQUEST = new Set([
  'accept',
  'accept-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
]);

const RESPONSE = new Set([
  'cache-control',
  'content-disposition',
  'content-type',
  'etag',
  'location',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'x-request-id',
]);

/** The request headers of a frame that are sent on, in lower case. */
export function requestHeaders(given: Readonly<Record<string, string>>): Record<string, string> {
  return keep(given, REQUEST);
}

/** The response headers that a frame is shown, in lower case. */
export function responseHeaders(given: Readonly<Record<string, string>>): Record<string, string> {
  return keep(given, RESPONSE);
}

function keep(given: Readonly<Record<string, string>>, allowed: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => allowed.has(name) || name.startsWith('x-ext-')),
  );
}
