import { describe, expect, it } from 'vitest';
import { parseHostMessage } from '../src/index.ts';
import { envelope } from './support.ts';

const BOOTSTRAP = {
  session: null,
  theme_tokens: { '--alga-primary': 'oklch(0.6 0.2 260)' },
  color_scheme: 'dark',
  navigation: { path: '/agreements/7' },
  context: { extension_id: 'com.acme.reports', locale: 'de-AT', user: { id: 'u1', name: 'Ada' } },
  permissions: ['api', 'toast'],
};

describe('messages of a host', () => {
  it.each([
    ['bootstrap', BOOTSTRAP, 'req-1'],
    ['bootstrap', { ...BOOTSTRAP, session: { token: 'a.b.c', expires_at: 1_900_000_000 } }, undefined],
    ['navigate', { path: '/' }, undefined],
    ['theme', { theme_tokens: {}, color_scheme: 'light' }, undefined],
    ['apiproxy_response', { status: 200, headers: { 'content-type': 'text/plain' }, body: 'aGk=' }, 'r1'],
    ['apiproxy_response', { status: 0, headers: {}, error: 'timeout' }, 'r1'],
    ['apiproxy_progress', { loaded: 1, total: 2 }, 'r1'],
    ['confirm_response', { confirmed: true }, 'r1'],
    ['token_response', { token: 'a.b.c', expires_at: 1 }, 'r1'],
    ['error', { code: 'rate_limited', message: 'Slower.' }, undefined],
  ])('takes %s', (type, payload, requestId) => {
    expect(parseHostMessage(envelope(type, payload, requestId), ['2'])).toEqual({
      ok: true,
      message: { version: '2', type, requestId, payload },
    });
  });

  it('leaves out permissions that this side does not know', () => {
    expect(
      parseHostMessage(envelope('bootstrap', { ...BOOTSTRAP, permissions: ['teleport', 'api'] }), ['2']),
    ).toMatchObject({ ok: true, message: { payload: { permissions: ['api'] } } });
  });

  it.each([
    'red; background: url(https://evil.example)',
    'url(https://evil.example/a)',
    'URL (https://evil.example/a)',
    'image-set("https://evil.example/a" 1x) image(',
    '} body { display: none',
    '\\75rl(x)',
    '@import x',
  ])('refuses the theme token %j', (value) => {
    expect(
      parseHostMessage(
        envelope('theme', { color_scheme: 'dark', theme_tokens: { '--alga-primary': value } }),
        ['2'],
      ),
    ).toMatchObject({ ok: false });
  });

  it('refuses theme tokens that are not CSS variables', () => {
    expect(
      parseHostMessage(envelope('theme', { color_scheme: 'dark', theme_tokens: { color: 'red' } }), ['2']),
    ).toMatchObject({ ok: false });
  });
});
