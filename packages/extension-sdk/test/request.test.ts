import { expect, test } from 'vitest';
import { createApp } from '../src/index.ts';
import { call, createTestHost } from '../src/testing/index.ts';

test('parameters, repeated query values and headers reach the handler', () => {
  const app = createApp().post('/a/:id/*rest', (ctx) => {
    const { id, rest } = ctx.params;
    const { query, headers } = ctx.request;
    return ctx.json([
      id,
      rest,
      query.getAll('q'),
      query.get('q'),
      query.get('none') ?? null,
      headers.get('X-A'),
    ]);
  });
  const answer = call(createTestHost(), app, 'POST', '/a/1/b/c', {
    query: [
      ['q', '1'],
      ['q', '2'],
    ],
    headers: { 'X-A': 'v' },
  });
  expect(answer.json()).toEqual(['1', 'b/c', ['1', '2'], '1', null, 'v']);
});

const echo = createApp()
  .post('/json', (ctx) => ctx.json(ctx.request.json()))
  .post('/text', (ctx) => ctx.text(ctx.request.text()))
  .post('/bytes', (ctx) => ctx.bytes(ctx.request.bytes()));

test('a text body can be read in each form', () => {
  const host = createTestHost();
  expect(call(host, echo, 'POST', '/json', { body: '{"a":"ž"}' }).json()).toEqual({ a: 'ž' });
  expect(call(host, echo, 'POST', '/text', { body: 'ž' }).text()).toBe('ž');
  expect([...call(host, echo, 'POST', '/bytes', { body: 'ž' }).bytes()]).toEqual([0xc5, 0xbe]);
  expect(call(host, echo, 'POST', '/text').text()).toBe('');
});

test('a body that is not what the handler asks for is the caller’s fault', () => {
  const host = createTestHost();
  const notJson = call(host, echo, 'POST', '/json', { body: '{' });
  expect([notJson.status, notJson.json()]).toMatchObject([400, { error: { code: 'invalid_json' } }]);
  const notText = call(host, echo, 'POST', '/text', { body: Uint8Array.of(0xff) });
  expect([notText.status, notText.json()]).toMatchObject([400, { error: { code: 'invalid_text' } }]);
});

test('the invocation tells who calls and for whom', () => {
  const user = { id: 'u', email: 'u@acme.example', name: 'U', roles: ['tenant_user'] };
  const app = createApp().get('/x', (ctx) => ctx.json(ctx.invocation));
  const answer = call(createTestHost({ tenantId: 't', user, config: { a: 'b' } }), app, 'GET', '/x').json();
  expect(answer).toMatchObject({ tenantId: 't', user, config: { a: 'b' }, requestId: 'request-1' });
  expect(call(createTestHost(), app, 'GET', '/x').json()).not.toHaveProperty('user');
});

test('a route that is there twice is refused', () => {
  const app = createApp().get('/x', (ctx) => ctx.empty());
  expect(() => app.get('/x', (ctx) => ctx.empty())).toThrow('GET /x');
});
