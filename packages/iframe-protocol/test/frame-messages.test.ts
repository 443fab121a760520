import { describe, expect, it } from 'vitest';
import { MAX_BODY_PART, parseFrameMessage, parseReady, toBase64 } from '../src/index.ts';
import { envelope } from './support.ts';

const NONCE = 'abcdefghijklmnop_-0123';

describe('messages of a frame', () => {
  it.each([
    ['resize', { height: 480 }, undefined],
    ['navigate', { path: '/agreements/7?tab=notes' }, undefined],
    ['apiproxy', { route: '/agreements' }, 'r1'],
    ['apiproxy', { route: '/a', method: 'PUT', headers: { 'If-Match': '"1"' }, body: 'e30=' }, 'r2'],
    ['apiproxy', { route: '/a', method: 'POST', body_size: 10, progress: true }, 'r3'],
    ['apiproxy_body', { data: 'e30=' }, 'r3'],
    ['apiproxy_cancel', {}, 'r3'],
    ['toast', { kind: 'success', message: 'Saved: "Größe" 数量 ✅' }, undefined],
    ['confirm', { title: 'Delete?', message: 'It is gone then.', danger: true }, 'r4'],
    ['token', {}, 'r5'],
  ])('takes %s %j', (type, payload, requestId) => {
    expect(parseFrameMessage(envelope(type, payload, requestId), '2')).toEqual({
      ok: true,
      message: { version: '2', type, requestId, payload },
    });
  });

  it('takes the largest part of a body that the protocol allows', () => {
    const data = toBase64(new Uint8Array(MAX_BODY_PART));
    expect(parseFrameMessage(envelope('apiproxy_body', { data }, 'r1'), '2')).toMatchObject({ ok: true });
    expect(parseFrameMessage(envelope('apiproxy_body', { data: `${data}AAAA` }, 'r1'), '2')).toMatchObject({
      ok: false,
      code: 'invalid_message',
    });
  });

  it.each([
    ['a fraction', 'resize', { height: 1.5 }],
    ['not a number', 'resize', { height: Number.NaN }],
    ['a negative height', 'resize', { height: -1 }],
    ['a height beyond all screens', 'resize', { height: 1e9 }],
    ['a number as text', 'resize', { height: '480' }],
    ['a missing field', 'resize', {}],
    ['a field that is there but undefined', 'navigate', { path: undefined }],
    ['an unknown field', 'resize', { height: 1, width: 1 }],
    ['another site as a path', 'navigate', { path: '//evil.example/' }],
    ['another site with a backslash', 'navigate', { path: '/\\evil.example/' }],
    ['a URL as a path', 'navigate', { path: 'https://evil.example/' }],
    ['a script URL as a path', 'navigate', { path: 'javascript:alert(1)' }],
    ['a line break in a path', 'navigate', { path: '/a\r\nx' }],
    ['a path of 2,049 characters', 'navigate', { path: `/${'a'.repeat(2048)}` }],
    ['an unknown kind of toast', 'toast', { kind: 'system', message: 'Hello' }],
    ['text that reorders what follows', 'toast', { kind: 'info', message: 'a\u202Eb' }],
    ['an empty toast', 'toast', { kind: 'info', message: '' }],
    ['a payload that is a list', 'resize', [480]],
    ['a payload that is null', 'resize', null],
    ['a map', 'resize', new Map([['height', 1]])],
    ['a date', 'navigate', { path: new Date(0) }],
    ['a request_id where there is nothing to answer', 'resize', { height: 1 }, 'r1'],
    ['no request_id where an answer is wanted', 'token', {}],
    ['a method that the gateway does not have', 'apiproxy', { route: '/a', method: 'TRACE' }, 'r1'],
    ['a method in lower case', 'apiproxy', { route: '/a', method: 'get' }, 'r1'],
    ['a header with a line break', 'apiproxy', { route: '/a', headers: { 'x-ext-a': 'a\r\nb' } }, 'r1'],
    ['a header name with a space', 'apiproxy', { route: '/a', headers: { 'x ext': 'a' } }, 'r1'],
    ['a header with two values', 'apiproxy', { route: '/a', headers: { accept: ['a', 'b'] } }, 'r1'],
    ['a body that is not base64', 'apiproxy', { route: '/a', body: '<html>' }, 'r1'],
    ['a body beyond the platform', 'apiproxy', { route: '/a', body_size: 10 * 1024 * 1024 + 1 }, 'r1'],
    ['a request_id with a space', 'token', {}, 'r 1'],
    ['an empty request_id', 'token', {}, ''],
    ['a type that an object inherits', 'toString', {}],
    ['a type that is the prototype', '__proto__', {}],
    ['a type of the host', 'bootstrap', {}],
    ['ready, which is for windows', 'ready', { nonce: NONCE, versions: ['2'] }],
  ])('refuses %s', (_, type, payload, requestId?: string) => {
    expect(parseFrameMessage(envelope(type, payload, requestId), '2')).toMatchObject({
      ok: false,
      code: 'invalid_message',
    });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'alga'],
    ['a list', [envelope('resize', { height: 1 })]],
    ['alga that is not true', { ...envelope('resize', { height: 1 }), alga: 1 }],
    ['another version', { ...envelope('resize', { height: 1 }), version: '1' }],
    ['a version that is a number', { ...envelope('resize', { height: 1 }), version: 2 }],
    ['an unknown field in the envelope', { ...envelope('resize', { height: 1 }), origin: 'x' }],
    ['no payload', { alga: true, version: '2', type: 'token', request_id: 'r1' }],
    ['a buffer', { ...envelope('token', new ArrayBuffer(8), 'r1') }],
  ])('refuses %s in the place of an envelope', (_, data) => {
    expect(parseFrameMessage(data, '2')).toMatchObject({ ok: false, code: 'invalid_message' });
  });

  it('gives the id of a refused request, so that the refusal can answer it', () => {
    expect(parseFrameMessage(envelope('apiproxy', { route: 'evil' }, 'r9'), '2')).toMatchObject({
      ok: false,
      requestId: 'r9',
    });
  });

  it('repeats nothing of what it refuses', () => {
    const parsed = parseFrameMessage(envelope('navigate', { path: 'canary-4711' }), '2');
    expect(JSON.stringify(parsed)).not.toContain('canary');
    expect(parsed).toMatchObject({ ok: false, detail: expect.stringContaining('navigate.path') as string });
  });
});

describe('the first message of a frame', () => {
  it('may be in a version that is not known yet, so that the two can negotiate', () => {
    const data = { ...envelope('ready', { nonce: NONCE, versions: ['3', '2'] }), version: '3' };
    expect(parseReady(data)).toMatchObject({ ok: true, message: { payload: { versions: ['3', '2'] } } });
  });

  it.each([
    ['no nonce', { versions: ['2'] }],
    ['a short nonce', { nonce: 'abc', versions: ['2'] }],
    ['a nonce that is an object', { nonce: { toString: 'x' }, versions: ['2'] }],
    ['no versions', { nonce: NONCE }],
    ['too many versions', { nonce: NONCE, versions: Array.from({ length: 9 }, (_, i) => `${i}`) }],
  ])('is refused with %s', (_, payload) => {
    expect(parseReady(envelope('ready', payload))).toMatchObject({ ok: false, code: 'invalid_message' });
  });
});
