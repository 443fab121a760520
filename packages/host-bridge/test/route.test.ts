import { describe, expect, it } from 'vitest';
import { resolveRoute } from '../src/route.ts';

const BASE = 'https://host.example/api/ext/com.acme.reports';

describe('the route of a call', () => {
  it.each([
    ['/agreements', '/agreements'],
    ['/agreements/7?full=1&next=%2Fhome', '/agreements/7?full=1&next=%2Fhome'],
    ['/a/Größe', '/a/Gr%C3%B6%C3%9Fe'],
    ['/', '/'],
    ['/a?b=../../c', '/a?b=../../c'],
    ['/a/.../b', '/a/.../b'],
    ['/a/.well-known', '/a/.well-known'],
  ])('%s stays below the extension', (route, expected) => {
    expect(resolveRoute(BASE, route)).toBe(BASE + expected);
  });

  it.each([
    '/../../host/extensions',
    '/a/../../other.extension/x',
    '/..',
    '/.',
    '/a/..',
    '/a/./b',
    '/%2e%2e/host',
    '/%2E%2e/host',
    '/.%2e/host',
    '/a%2fb',
    '/a%5cb',
    '/a%00',
    '/a%252e',
    '/\\..\\host',
    '/a;b',
    '//evil.example/x',
    '/a//b',
    '/a#b',
    '/a?b#c',
    '@evil.example/x',
    '.evil.example/x',
    ':444/x',
    'https://evil.example/',
    '',
    'a',
    '?a=b',
    '/\t/evil.example',
    '/.\t./host',
    '/.\n./host',
  ])('%j is refused', (route) => {
    expect(resolveRoute(BASE, route)).toBeUndefined();
  });

  it('stays below the extension whatever of these pieces are put together', () => {
    const pieces = ['/', '.', '..', '\\', '%2e', '%2F', 'a', '?', '#', ';', '@', ':', '\t', '%', '/host'];
    let kept = 0;
    for (const a of pieces)
      for (const b of pieces)
        for (const c of pieces)
          for (const d of pieces) {
            const url = resolveRoute(BASE, `/${a}${b}${c}${d}`);
            if (url === undefined) continue;
            kept += 1;
            expect(new URL(url).href.startsWith(`${BASE}/`)).toBe(true);
          }
    expect(kept).toBeGreaterThan(100);
  });
});
