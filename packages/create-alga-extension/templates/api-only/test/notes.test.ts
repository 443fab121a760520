import { readFileSync } from 'node:fs';
import { call, createTestHost } from '@alga/extension-sdk/testing';
import { expect, test } from 'vitest';
import app from '../server/index.ts';

const user = { id: 'u1', email: 'ada@example.com', name: 'Ada', roles: [] };

test('a note is added, listed and removed', () => {
  const host = createTestHost({ user });
  const added = call(host, app, 'POST', '/notes', { body: '{"text":" Call back "}' });
  expect(added.status).toBe(201);
  const note = added.json() as { id: string };
  expect(note).toMatchObject({ text: 'Call back', by: 'Ada' });
  expect(call(host, app, 'GET', '/notes').json()).toEqual({ notes: [note] });
  expect(call(host, app, 'DELETE', `/notes/${note.id}`).status).toBe(204);
  expect(call(host, app, 'DELETE', `/notes/${note.id}`).status).toBe(404);
});

test.each(['null', '{}', '{"text":" "}', '{"text":7}', JSON.stringify({ text: 'x'.repeat(501) })])(
  'the body %s is refused and stores nothing',
  (body) => {
    const host = createTestHost({ user });
    const answer = call(host, app, 'POST', '/notes', { body });
    expect([answer.status, answer.json()]).toMatchObject([400, { error: { code: 'invalid_note' } }]);
    expect(host.storage.documents('notes')).toEqual({});
  },
);

test('the routes are the ones that the manifest declares', () => {
  const manifest = JSON.parse(readFileSync(new URL('../manifest.json', import.meta.url), 'utf8')) as {
    api: { endpoints: { method: string; path: string }[] };
  };
  expect(app.routes).toEqual(manifest.api.endpoints);
});
