import { expect, test } from 'vitest';
import { createApp, storage, type FetchExtension } from '../src/index.ts';
import { call, callAsync, createTestHost, deliver } from '../src/testing/index.ts';

const notes = storage.namespace<number>('notes');

test('async handlers of two hosts that are called at once do not see each other', async () => {
  const app = createApp().put('/notes/:key', async (ctx) => {
    await new Promise((done) => setTimeout(done, 1));
    return ctx.json(notes.put(ctx.params.key, 1).key);
  });
  const hosts = [createTestHost(), createTestHost()];
  await Promise.all(hosts.map((host, n) => callAsync(host, app, 'PUT', `/notes/${n}`)));
  expect(hosts.map((host) => host.storage.documents('notes'))).toEqual([{ 0: 1 }, { 1: 1 }]);
});

test('a synchronous call of an async handler says what to use', () => {
  const app = createApp().get('/x', (ctx) => Promise.resolve(ctx.empty()));
  expect(() => call(createTestHost(), app, 'GET', '/x')).toThrow('use callAsync');
});

test('a call that fails does not stop the next one', async () => {
  const app = createApp().get('/x', () => Promise.reject(new Error('canary')));
  const host = createTestHost();
  const answers = await Promise.all([callAsync(host, app, 'GET', '/x'), callAsync(host, app, 'GET', '/x')]);
  expect(answers.map((answer) => answer.status)).toEqual([500, 500]);
  expect(host.logs).toHaveLength(2);
});

test('an extension with a fetch method is called with the classes of Node', async () => {
  const extension: FetchExtension = {
    async fetch(request, { params }) {
      const { name } = (await request.json()) as { name: string };
      return Response.json({ url: request.url, name, params }, { status: 202 });
    },
  };
  const answer = await callAsync(createTestHost(), extension, 'POST', '/a/7', {
    endpoint: '/a/:id',
    body: '{"name":"ada"}',
    query: [['q', '1']],
  });
  expect(answer.status).toBe(202);
  expect(answer.json()).toEqual({
    url: 'https://extension.invalid/a/7?q=1',
    name: 'ada',
    params: { id: '7' },
  });
});

test('a response of bytes that are no text arrives as they are', async () => {
  const extension: FetchExtension = { fetch: () => new Response(Uint8Array.of(0xff, 0)) };
  const answer = await callAsync(createTestHost(), extension, 'GET', '/');
  expect([...answer.bytes()]).toEqual([0xff, 0]);
});

test('an event is delivered, and its failure is told by its code and logged', async () => {
  const host = createTestHost();
  const app = createApp()
    .on('note.made', (event) => {
      const { key } = event.payload as { key: string };
      notes.put(key, event.attempt);
    })
    .on('note.lost', () => {
      throw new Error('canary');
    });
  expect(await deliver(host, app, { topic: 'note.made', payload: { key: 'a' }, attempt: 2 })).toEqual({
    ok: true,
  });
  expect(host.storage.documents('notes')).toEqual({ a: 2 });
  expect(await deliver(host, app, { topic: 'note.lost', payload: null })).toEqual({
    ok: false,
    code: 'internal',
  });
  expect(host.logs[0]).toMatchObject({ level: 'error', fields: { event: 'event-1', topic: 'note.lost' } });
  expect(await deliver(host, app, { topic: 'x', payload: null })).toEqual({ ok: false, code: 'no_handler' });
  expect(app.topics).toEqual(['note.made', 'note.lost']);
  expect(() => app.on('note.lost', () => undefined)).toThrow('note.lost');
});
