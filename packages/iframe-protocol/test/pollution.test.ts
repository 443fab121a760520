import { afterEach, describe, expect, it } from 'vitest';
import { parseFrameMessage, parseHostMessage, parseReady } from '../src/index.ts';
import { posted } from './support.ts';

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe('prototype pollution', () => {
  it.each([
    [
      'envelope',
      '{"__proto__":{"polluted":1},"alga":true,"version":"2","type":"resize","payload":{"height":1}}',
    ],
    [
      'payload',
      '{"alga":true,"version":"2","type":"resize","payload":{"height":1,"__proto__":{"polluted":1}}}',
    ],
    [
      'payload, by constructor',
      '{"alga":true,"version":"2","type":"resize","payload":{"height":1,"constructor":{"prototype":{"polluted":1}}}}',
    ],
    [
      'headers',
      '{"alga":true,"version":"2","type":"apiproxy","request_id":"r","payload":{"route":"/a","headers":{"__proto__":"x"}}}',
    ],
    [
      'headers, by constructor',
      '{"alga":true,"version":"2","type":"apiproxy","request_id":"r","payload":{"route":"/a","headers":{"constructor":"x"}}}',
    ],
  ])('in the %s is refused', (_, json) => {
    const data = posted(json);
    expect(JSON.stringify(data)).toMatch(/__proto__|constructor/);
    expect(parseFrameMessage(data, '2')).toMatchObject({ ok: false, code: 'invalid_message' });
  });

  it('cannot stand in for missing fields', () => {
    const inherited = Object.create({ height: 1 }) as object;
    const data = { alga: true, version: '2', type: 'resize', payload: inherited };
    expect(parseFrameMessage(data, '2')).toMatchObject({ ok: false });
    const viaOwnKey = posted(
      '{"alga":true,"version":"2","type":"resize","payload":{"__proto__":{"height":1}}}',
    );
    expect(parseFrameMessage(viaOwnKey, '2')).toMatchObject({ ok: false });
  });

  it('in theme tokens and in the first message is refused too', () => {
    expect(
      parseHostMessage(
        posted(
          '{"alga":true,"version":"2","type":"theme","payload":{"color_scheme":"dark","theme_tokens":{"__proto__":"x"}}}',
        ),
        ['2'],
      ),
    ).toMatchObject({ ok: false });
    expect(
      parseReady(
        posted(
          '{"alga":true,"version":"2","type":"ready","payload":{"nonce":"abcdefghijklmnopqrst","versions":["2"],"__proto__":{"a":1}}}',
        ),
      ),
    ).toMatchObject({ ok: false });
  });

  it('finds nothing in clean maps, which have no prototype', () => {
    const parsed = parseFrameMessage(
      posted(
        '{"alga":true,"version":"2","type":"apiproxy","request_id":"r","payload":{"route":"/a","headers":{"accept":"*/*"}}}',
      ),
      '2',
    );
    if (!parsed.ok || parsed.message.type !== 'apiproxy') throw new Error('It was refused.');
    expect('toString' in (parsed.message.payload.headers ?? {})).toBe(false);
    expect(parsed.message.payload.headers?.['accept']).toBe('*/*');
  });
});
