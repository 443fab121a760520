import { afterEach, describe, expect, it, vi } from 'vitest';
import { hostOrigin, takeNonce } from '../src/handshake.ts';

function stubPage(page: { ancestor?: string | null; referrer?: string; framed?: boolean; hash?: string }) {
  const window = { parent: {} as unknown };
  if (page.framed === false) window.parent = window;
  const replaceState = vi.fn();
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', { referrer: page.referrer ?? '' });
  vi.stubGlobal('history', { state: null, replaceState });
  vi.stubGlobal('location', {
    hash: page.hash ?? '',
    pathname: '/ext-ui/a/b/index.html',
    search: '?path=%2Fx',
    ...(page.ancestor === undefined ? {} : { ancestorOrigins: { item: () => page.ancestor } }),
  });
  return replaceState;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the origin of the host', () => {
  it('is what the browser says of the page around', () => {
    stubPage({ ancestor: 'https://host.example', referrer: 'https://other.example/' });
    expect(hostOrigin()).toBe('https://host.example');
  });

  it('is that of the referrer in browsers without ancestorOrigins', () => {
    stubPage({ referrer: 'https://host.example/' });
    expect(hostOrigin()).toBe('https://host.example');
  });

  it.each([
    ['the page is in no frame', { framed: false, ancestor: 'https://host.example' }],
    ['the page around has no origin', { ancestor: 'null' }],
    ['the browser does not say', {}],
  ])('is unknown when %s', (_, page) => {
    stubPage(page);
    expect(() => hostOrigin()).toThrow('not in a frame of a host');
  });
});

describe('the nonce of the load', () => {
  it('is taken out of the URL', () => {
    const replaceState = stubPage({ hash: '#alga-load=abc' });
    expect(takeNonce()).toBe('abc');
    expect(replaceState).toHaveBeenCalledExactlyOnceWith(null, '', '/ext-ui/a/b/index.html?path=%2Fx');
  });

  it('is missing when no host has opened the page, and the URL stays', () => {
    const replaceState = stubPage({ hash: '#/agreements/7' });
    expect(() => takeNonce()).toThrow('not opened by a host');
    expect(replaceState).not.toHaveBeenCalled();
  });
});
