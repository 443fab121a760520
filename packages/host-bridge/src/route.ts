// What the gateway refuses as ambiguous, and a fragment, which no server sees.
const AMBIGUOUS = /%(?:2f|5c|2e|00|25)|[;\\#\p{Cc}]|\/\/|\/\.{1,2}(?:\/|$)/iu;

/**
 * The URL of an extension's endpoint: the API's base and the route that a frame asked for. Undefined when the route
 * could lead anywhere but below the base: it is called with the user's token, which is good for other paths too.
 *
 * @param base Absolute URL without a slash at its end, such as `https://host.example/api/ext/com.acme.reports`.
 */
export function resolveRoute(base: string, route: string): string | undefined {
  const [path = ''] = route.split('?', 1);
  if (!path.startsWith('/') || AMBIGUOUS.test(path) || route.includes('#')) return undefined;
  const root = new URL(base);
  const url = new URL(base + route);
  const isBelow = url.origin === root.origin && url.pathname.startsWith(`${root.pathname}/`);
  return isBelow && url.username === '' && url.password === '' ? url.href : undefined;
}
