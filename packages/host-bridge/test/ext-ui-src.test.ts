import { describe, expect, it } from 'vitest';
import { checkExtUiSrc } from '../src/ext-ui-src.ts';
import { buildExtUiSrc, extUiFrameSource, extUiOrigin } from '../src/index.ts';

const HASH = `sha256:${'0a'.repeat(32)}`;
const SOURCE = {
  runnerPublicBase: 'https://ext.example.com',
  extensionId: 'com.acme.reports',
  contentHash: HASH,
  entry: 'ui/index.html',
};

describe('the URL of a frame', () => {
  it('names extension, version and entry', () => {
    expect(buildExtUiSrc(SOURCE)).toBe(
      `https://ext.example.com/ext-ui/com.acme.reports/${HASH}/ui/index.html`,
    );
  });

  it('keeps the path of the base, with or without a slash at its end', () => {
    for (const runnerPublicBase of ['https://ext.example.com/run', 'https://ext.example.com/run/']) {
      expect(buildExtUiSrc({ ...SOURCE, runnerPublicBase })).toContain('.com/run/ext-ui/com.acme.reports/');
    }
  });

  it('is at an origin of the version’s own where the base says so', () => {
    const runnerPublicBase = 'https://{hash}.ext.example.com';
    const origin = `https://${'0a'.repeat(16)}.ext.example.com`;
    expect(buildExtUiSrc({ ...SOURCE, runnerPublicBase })).toBe(
      `${origin}/ext-ui/com.acme.reports/${HASH}/ui/index.html`,
    );
    expect(extUiOrigin(runnerPublicBase, HASH)).toBe(origin);
    expect(extUiFrameSource(runnerPublicBase)).toBe('https://*.ext.example.com');
  });

  it('is at the origin of the base otherwise', () => {
    for (const origin of ['https://ext.example.com', 'http://127.0.0.1:7080']) {
      expect(extUiOrigin(`${origin}/`, HASH)).toBe(origin);
      expect(extUiFrameSource(`${origin}/`)).toBe(origin);
    }
    expect(() => extUiOrigin('https://{hash}.ext.example.com', 'sha256:00')).toThrow(TypeError);
  });

  it('puts a place into the query', () => {
    expect(buildExtUiSrc({ ...SOURCE, path: '/a?b=1#c' })).toMatch(/index\.html\?path=%2Fa%3Fb%3D1%23c$/);
  });

  it("names the tenant's own hosts where there are any", () => {
    expect(buildExtUiSrc({ ...SOURCE, hosts: '0a'.repeat(16) })).toMatch(/index\.html\?hosts=(0a){16}$/);
    expect(buildExtUiSrc({ ...SOURCE, hosts: null })).toBe(buildExtUiSrc(SOURCE));
  });

  it.each([
    ['a base that is a script', { runnerPublicBase: 'javascript:alert(1)' }],
    ['a base that is data', { runnerPublicBase: 'data:text/html,x' }],
    ['a base with a user', { runnerPublicBase: 'https://a:b@ext.example.com' }],
    ['a base with a query', { runnerPublicBase: 'https://ext.example.com/?x' }],
    ['no base', { runnerPublicBase: '' }],
    ['an id with a slash', { extensionId: 'com.acme/reports' }],
    ['an id of dots', { extensionId: '..' }],
    ['a short hash', { contentHash: 'sha256:00' }],
    ['a hash in capitals', { contentHash: HASH.toUpperCase() }],
    ['an entry that leaves the bundle', { entry: '../other/index.html' }],
    ['an entry with an encoded slash', { entry: 'ui%2findex.html' }],
    ['an absolute entry', { entry: '/index.html' }],
    ['no entry', { entry: '' }],
    ['hosts that are no id', { hosts: 'https://evil.example' }],
  ])('is not made of %s', (_, over) => {
    expect(() => buildExtUiSrc({ ...SOURCE, ...over })).toThrow(TypeError);
  });

  it.each([
    ['another origin', 'https://evil.example', 'com.acme.reports', HASH],
    ['another extension', 'https://ext.example.com', 'com.acme.other', HASH],
    ['another version', 'https://ext.example.com', 'com.acme.reports', `sha256:${'0b'.repeat(32)}`],
  ])('is refused for %s', (_, origin, id, hash) => {
    const src = buildExtUiSrc(SOURCE);
    checkExtUiSrc(src, SOURCE.extensionId, HASH, 'https://ext.example.com');
    expect(() => {
      checkExtUiSrc(src, id, hash, origin);
    }).toThrow(TypeError);
  });
});
