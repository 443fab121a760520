import { expect, test } from 'vitest';
import { createApp, HttpError } from '../src/index.ts';
import { call, createTestHost } from '../src/testing/index.ts';

test('an exception is logged with its stack and answered with a stable code', () => {
  const host = createTestHost();
  const app = createApp().get('/x', () => {
    throw new Error('canary', { cause: new Error('root') });
  });
  const answer = call(host, app, 'GET', '/x');
  expect(answer.status).toBe(500);
  expect(answer.text()).toBe('{"error":{"code":"internal"}}');
  expect(host.logs).toHaveLength(1);
  expect(host.logs[0]?.level).toBe('error');
  expect(host.logs[0]?.message).toMatch(/Error: canary\n.*dispatch\.test.*caused by Error: root/s);
  expect(host.logs[0]?.fields).toEqual({ method: 'GET', endpoint: '/x' });
});

test.each(['text', 42, null, undefined, { a: 1 }])('a thrown %j is answered too', (thrown) => {
  const host = createTestHost();
  const app = createApp().get('/x', () => {
    throw thrown as unknown as Error;
  });
  expect(call(host, app, 'GET', '/x').status).toBe(500);
  expect(host.logs).toHaveLength(1);
});

test('an HttpError is the answer and is no fault of the extension', () => {
  const host = createTestHost();
  const app = createApp().get('/x', () => {
    throw new HttpError(409, 'taken', 'The name is taken.');
  });
  const answer = call(host, app, 'GET', '/x');
  expect(answer.status).toBe(409);
  expect(answer.json()).toEqual({ error: { code: 'taken', message: 'The name is taken.' } });
  expect(host.logs).toEqual([]);
});

test('an endpoint without a handler is 404', () => {
  const answer = call(createTestHost(), createApp(), 'GET', '/x');
  expect(answer.status).toBe(404);
  expect(answer.json()).toMatchObject({ error: { code: 'endpoint_not_found' } });
});

test.each([undefined, null, 'text', { status: 200 }])(
  'an answer of %j is a fault that the log explains',
  (answer) => {
    const host = createTestHost();
    const app = createApp().get('/x', () => answer as never);
    expect(call(host, app, 'GET', '/x').status).toBe(500);
    expect(host.logs[0]?.message).toContain('must return ctx.json(...)');
  },
);

test('a guest that is out of memory tells the platform and ends', () => {
  const host = createTestHost();
  const app = createApp().get('/x', () => {
    throw Object.assign(new Error('out of memory'), { name: 'InternalError' });
  });
  expect(() => call(host, app, 'GET', '/x')).toThrow('out of memory');
  expect(host.logs).toEqual([
    { level: 'error', message: expect.any(String) as string, fields: { 'alga.fault': 'memory_limit' } },
  ]);
});

test.each([
  ['a status that is no number', { status: 'canary' }],
  ['a status out of range', { status: 600 }],
  ['a header name with a space', { headers: { 'a b': '1' } }],
  ['a header value with a line break', { headers: { a: '1\r\nb: 2' } }],
  ['a header value that is no string', { headers: { a: 1 } }],
])('%s never reaches the boundary', (_, options) => {
  const host = createTestHost();
  const app = createApp().get('/x', (ctx) => ctx.json({}, options as never));
  expect(call(host, app, 'GET', '/x').status).toBe(500);
  expect(host.logs[0]?.message).toContain('TypeError');
});

test('a lone surrogate is replaced, as UTF-8 has no form for it', () => {
  const app = createApp().get('/x', (ctx) => ctx.text('a\ud800b😀'));
  expect(call(createTestHost(), app, 'GET', '/x').text()).toBe('a\ufffdb😀');
});
