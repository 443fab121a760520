// Where the app is. Places are in the URL's fragment, so any static server can answer a deep link.

export const INSTALL_TABS = [
  'overview',
  'configuration',
  'secrets',
  'permissions',
  'versions',
  'executions',
  'events',
  'schedules',
  'usage',
  'danger',
] as const;
export type InstallTab = (typeof INSTALL_TABS)[number];

export type Route =
  | { readonly page: 'catalogue' }
  | { readonly page: 'extension'; readonly name: string; readonly version?: string }
  | { readonly page: 'install'; readonly name: string; readonly version: string }
  | { readonly page: 'installed' }
  | { readonly page: 'installation'; readonly name: string; readonly tab: InstallTab }
  | { readonly page: 'execution'; readonly name: string; readonly executionId: string }
  | { readonly page: 'open'; readonly name: string; readonly path: string }
  | { readonly page: 'audit'; readonly target?: string }
  | { readonly page: 'keys'; readonly publisher?: string }
  | { readonly page: 'revocation'; readonly name?: string }
  | { readonly page: 'unknown' };

/** The link to a place, such as `#/installed/com.acme.reports/versions`. */
export function linkTo(route: Exclude<Route, { page: 'unknown' }>): string {
  return `#/${parts(route).map(encodeURIComponent).join('/')}${route.page === 'open' ? route.path : ''}`;
}

function parts(route: Exclude<Route, { page: 'unknown' }>): string[] {
  switch (route.page) {
    case 'extension':
      return ['catalogue', route.name, ...(route.version === undefined ? [] : [route.version])];
    case 'install':
      return ['install', route.name, route.version];
    case 'installation':
      return ['installed', route.name, ...(route.tab === 'overview' ? [] : [route.tab])];
    case 'execution':
      return ['installed', route.name, 'executions', route.executionId];
    case 'open':
      return ['open', route.name];
    case 'audit':
      return ['audit', ...(route.target === undefined ? [] : [route.target])];
    case 'keys':
      return ['keys', ...(route.publisher === undefined ? [] : [route.publisher])];
    case 'revocation':
      return ['revocation', ...(route.name === undefined ? [] : [route.name])];
    default:
      return [route.page];
  }
}

/** The place that a location's hash names. */
export function parseRoute(hash: string): Route {
  const opened = /^#\/open\/([^/?]+)([/?].*)?$/.exec(hash);
  if (opened) return { page: 'open', name: decode(opened[1] ?? ''), path: slashed(opened[2] ?? '') };
  const [first = '', second, third, fourth, ...more] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode);
  if (more.length > 0) return { page: 'unknown' };
  if (first === '' || (first === 'installed' && second === undefined)) return { page: 'installed' };
  if (first === 'catalogue' && fourth === undefined) {
    if (second === undefined) return { page: 'catalogue' };
    return { page: 'extension', name: second, ...(third === undefined ? {} : { version: third }) };
  }
  if (first === 'install' && second !== undefined && third !== undefined) {
    return { page: 'install', name: second, version: third };
  }
  if (first === 'installed' && second !== undefined) return parseInstallation(second, third, fourth);
  if (first === 'audit' && third === undefined) {
    return { page: 'audit', ...(second === undefined ? {} : { target: second }) };
  }
  if (first === 'keys' && third === undefined) {
    return { page: 'keys', ...(second === undefined ? {} : { publisher: second }) };
  }
  if (first === 'revocation' && third === undefined) {
    return { page: 'revocation', ...(second === undefined ? {} : { name: second }) };
  }
  return { page: 'unknown' };
}

function parseInstallation(name: string, tab: string | undefined, item: string | undefined): Route {
  if (tab === 'executions' && item !== undefined) return { page: 'execution', name, executionId: item };
  const known = INSTALL_TABS.find((one) => one === (tab ?? 'overview'));
  return known === undefined || item !== undefined
    ? { page: 'unknown' }
    : { page: 'installation', name, tab: known };
}

const slashed = (path: string) => (path.startsWith('/') ? path : `/${path}`);

// A hash is typed by anybody: what is no encoding stands for itself.
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
