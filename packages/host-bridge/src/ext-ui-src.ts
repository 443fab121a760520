/** What a frame's URL is made of. */
export interface ExtUiSource {
  /**
   * The runner's public base, `https://ext.example.com`: an origin of its own, never the host's. Where its first label is
   * `{hash}`, each version has an origin of its own.
   */
  readonly runnerPublicBase: string;
  /** The extension's name or the install's id. */
  readonly extensionId: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly contentHash: string;
  /** The manifest's `ui.entry`. */
  readonly entry: string;
  /**
   * Put into the query as `path`, for pages that read it there as in the original system. With the SDK leave it out: it
   * gets `initialPath` by message, and one URL for all places is cached once.
   */
  readonly path?: string;
  /**
   * `ui.hosts` of `GET /api/host/extensions`: names the tenant's own hosts, so that they may show the page. Without it only
   * the platform's hosts may.
   */
  readonly hosts?: string | null;
}

const EXTENSION_ID = /^[A-Za-z0-9][A-Za-z0-9.-]{0,127}$/;
const CONTENT_HASH = /^sha256:[0-9a-f]{64}$/;
const HOSTS = /^[0-9a-f]{32}$/;
const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const ANY_VERSION = '://{hash}.';
// As many of the hash's digits as the runner takes: a label of DNS is no longer than 63, and the whole hash is.
const LABEL_LENGTH = 32;

/**
 * The origin that a version's pages come from: `allowedOrigin` of `bootstrapIframe()`.
 *
 * @throws {TypeError} when a part is not what it should be.
 */
export function extUiOrigin(runnerPublicBase: string, contentHash: string): string {
  return baseOf(runnerPublicBase, contentHash).origin;
}

/**
 * The source for a host page's `frame-src`: the origin of all versions, `https://ext.example.com` or
 * `https://*.ext.example.com`.
 *
 * @throws {TypeError} when `runnerPublicBase` is no URL.
 */
export function extUiFrameSource(runnerPublicBase: string): string {
  const { protocol, host } = new URL(runnerPublicBase.replace(ANY_VERSION, '://'));
  return `${protocol}//${runnerPublicBase.includes(ANY_VERSION) ? '*.' : ''}${host}`;
}

/**
 * The URL of an extension's page, `{base}/ext-ui/{extensionId}/{contentHash}/{entry}`.
 *
 * @throws {TypeError} when a part is not what it should be. Nothing is escaped into shape.
 */
export function buildExtUiSrc(source: ExtUiSource): string {
  const base = baseOf(source.runnerPublicBase, source.contentHash);
  if (base.protocol !== 'https:' && base.protocol !== 'http:')
    throw new TypeError('runnerPublicBase is an http(s) URL.');
  if (base.search !== '' || base.hash !== '' || base.username !== '' || base.password !== '') {
    throw new TypeError('runnerPublicBase has no query, fragment or user.');
  }
  const entry = source.entry.split('/');
  if (!entry.every((segment) => SEGMENT.test(segment)))
    throw new TypeError('entry is a path inside the bundle.');

  const url = new URL(base);
  url.pathname = `${frameFolder(base.pathname, source.extensionId, source.contentHash)}${entry.join('/')}`;
  if (typeof source.hosts === 'string') {
    if (!HOSTS.test(source.hosts)) throw new TypeError('hosts is 32 hexadecimal digits.');
    url.searchParams.set('hosts', source.hosts);
  }
  if (source.path !== undefined) url.searchParams.set('path', source.path);
  return url.href;
}

/**
 * Checks that a URL is a page of this version of this extension, at the expected origin.
 *
 * @throws {TypeError} when it is not.
 */
export function checkExtUiSrc(
  src: string,
  extensionId: string,
  contentHash: string,
  allowedOrigin: string,
): void {
  const url = new URL(src);
  if (url.origin !== allowedOrigin) throw new TypeError(`src is at ${url.origin}, not at ${allowedOrigin}.`);
  if (!url.pathname.includes(frameFolder('/', extensionId, contentHash))) {
    throw new TypeError('src is not a page of this extension and version.');
  }
}

function baseOf(runnerPublicBase: string, contentHash: string): URL {
  checkHash(contentHash);
  const digits = contentHash.slice(contentHash.indexOf(':') + 1);
  return new URL(runnerPublicBase.replace(ANY_VERSION, `://${digits.slice(0, LABEL_LENGTH)}.`));
}

function checkHash(contentHash: string): void {
  if (!CONTENT_HASH.test(contentHash))
    throw new TypeError('contentHash is sha256: and 64 hexadecimal digits.');
}

function frameFolder(basePath: string, extensionId: string, contentHash: string): string {
  if (!EXTENSION_ID.test(extensionId)) throw new TypeError('extensionId is a name or an id.');
  checkHash(contentHash);
  return `${basePath.replace(/\/$/, '')}/ext-ui/${extensionId}/${contentHash}/`;
}
