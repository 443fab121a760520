const PREFIX = '#alga-load=';

/** A fresh nonce: 128 random bits in base64url. */
export function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/**
 * The URL with the nonce in its fragment. A fragment is seen by the document that is loaded and by nobody on the way;
 * it does not change what is cached.
 */
export function withNonce(src: string, nonce: string): string {
  const url = new URL(src);
  url.hash = PREFIX + nonce;
  return url.href;
}

/** The nonce in a location's `hash`, if there is one. */
export function nonceFrom(hash: string): string | undefined {
  return hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : undefined;
}
