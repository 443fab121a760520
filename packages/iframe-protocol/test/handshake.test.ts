import { describe, expect, it } from 'vitest';
import {
  createNonce,
  fromBase64,
  isAlga,
  negotiateVersion,
  nonceFrom,
  parseReady,
  toBase64,
  toEnvelope,
  withNonce,
} from '../src/index.ts';

describe('negotiation of the version', () => {
  it('takes the best that both sides speak', () => {
    expect(negotiateVersion(['4', '3', '2'], ['3', '2'])).toBe('3');
    expect(negotiateVersion(['2'])).toBe('2');
  });

  it('takes none when they share none', () => {
    expect(negotiateVersion(['1'])).toBeUndefined();
    expect(negotiateVersion([])).toBeUndefined();
  });
});

describe('the nonce of a load', () => {
  it('is different each time and fits the first message', () => {
    const nonces = new Set(Array.from({ length: 100 }, () => createNonce()));
    expect(nonces.size).toBe(100);
    for (const nonce of nonces) {
      const message = {
        version: '2',
        type: 'ready',
        requestId: undefined,
        payload: { nonce, versions: ['2'] },
      } as const;
      expect(parseReady(toEnvelope(message))).toEqual({ ok: true, message });
    }
  });

  it('travels in the fragment and leaves the rest of the URL alone', () => {
    const src = withNonce('https://ext.example/ext-ui/a/sha256:00/index.html?path=%2Fx', 'abc');
    expect(src).toBe('https://ext.example/ext-ui/a/sha256:00/index.html?path=%2Fx#alga-load=abc');
    expect(nonceFrom(new URL(src).hash)).toBe('abc');
    expect(nonceFrom('#/agreements/7')).toBeUndefined();
  });
});

describe('telling own messages from those of other scripts', () => {
  it.each([
    [{ alga: true }, true],
    [{ alga: 'true' }, false],
    [Object.create({ alga: true }), false],
    [{ type: 'webpackOk' }, false],
    ['alga', false],
    [null, false],
  ])('%j: %s', (data: unknown, expected) => {
    expect(isAlga(data)).toBe(expected);
  });
});

describe('base64', () => {
  it('keeps all bytes, also over the borders of its steps', () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, index) => (index * 7) % 256);
    expect(Buffer.from(fromBase64(toBase64(bytes)) ?? []).equals(bytes)).toBe(true);
  });

  it('says when text is not base64', () => {
    expect(fromBase64('a')).toBeUndefined();
  });
});
