import { readFileSync } from 'node:fs';
import { call } from '@alga/extension-sdk/testing';
import { expect, test } from 'vitest';
import app from '../server/index.ts';
import { create, install, terms } from './fixtures.ts';

test('an agreement is created, read, changed and deleted', () => {
  const host = install();
  const id = create(host);
  expect(call(host, app, 'GET', `/agreements/${id}`).json()).toEqual({ id, revision: 1, ...terms });

  const changed = call(host, app, 'PUT', `/agreements/${id}`, {
    body: JSON.stringify({ ...terms, monthly: 5, revision: 1 }),
  });
  expect(changed.json()).toMatchObject({ monthly: 5, revision: 2 });

  expect(call(host, app, 'DELETE', `/agreements/${id}`).status).toBe(204);
  expect(call(host, app, 'GET', `/agreements/${id}`).status).toBe(404);
  expect(call(host, app, 'DELETE', `/agreements/${id}`).status).toBe(404);
});

test('the list can be narrowed to a status', () => {
  const host = install({ config: { currency: 'CHF' } });
  create(host, { customer: 'A' });
  create(host, { customer: 'B', status: 'draft' });
  const answer = call(host, app, 'GET', '/agreements', { query: [['status', 'draft']] }).json();
  expect(answer).toMatchObject({ agreements: [{ customer: 'B' }], currency: 'CHF' });
});

test('a change that another one overtook is refused and changes nothing', () => {
  const host = install();
  const id = create(host);
  const put = (monthly: number) =>
    call(host, app, 'PUT', `/agreements/${id}`, { body: JSON.stringify({ ...terms, monthly, revision: 1 }) });
  expect(put(1).status).toBe(200);
  expect(put(2).json()).toMatchObject({ error: { code: 'changed_meanwhile' } });
  expect(call(host, app, 'GET', `/agreements/${id}`).json()).toMatchObject({ monthly: 1, revision: 2 });
});

test.each([0, -1, 1.5, '1', null, undefined])('revision %j is refused', (revision) => {
  const host = install();
  const body = JSON.stringify({ ...terms, revision });
  const answer = call(host, app, 'PUT', `/agreements/${create(host)}`, { body });
  expect([answer.status, answer.json()]).toMatchObject([400, { error: { code: 'revision_required' } }]);
});

test.each([
  ['customer', ''],
  ['customer', ' '],
  ['customer', 'x'.repeat(121)],
  ['customer', 7],
  ['plan', 'gold'],
  ['plan', 'toString'],
  ['status', null],
  ['monthly', -1],
  ['monthly', 1.5],
  ['monthly', '12'],
  ['starts', '2026-02-30'],
  ['starts', '1 May'],
  ['ends', '2025-12-31'],
  ['notes', 'x'.repeat(2001)],
])('%s %j is refused by name', (field, value) => {
  const host = install();
  const answer = call(host, app, 'POST', '/agreements', {
    body: JSON.stringify({ ...terms, [field]: value }),
  });
  expect(answer.status).toBe(400);
  const { error } = answer.json() as { error: { code: string; fields: object } };
  expect(error.code).toBe('invalid_agreement');
  expect(Object.keys(error.fields)).toEqual([field]);
  expect(host.storage.documents('agreements')).toEqual({});
});

test.each(['null', '[]', '"text"', '7'])('a body of %s is refused', (body) => {
  expect(call(install(), app, 'POST', '/agreements', { body }).status).toBe(400);
});

test('fields that an agreement does not have are not stored', () => {
  const host = install();
  create(host, { sourceId: 'forged', admin: true });
  const [stored] = Object.values(host.storage.documents('agreements'));
  expect(stored).toEqual(terms);
});

test('the summary counts active agreements only', () => {
  const host = install();
  create(host, { monthly: 100 });
  create(host, { monthly: 50, plan: 'backup' });
  create(host, { monthly: 7, status: 'draft' });
  create(host, { monthly: 9, status: 'ended' });
  expect(call(host, app, 'GET', '/summary').json()).toEqual({
    active: 2,
    drafts: 1,
    monthly: 150,
    byPlan: [
      { plan: 'backup', monthly: 50 },
      { plan: 'managed', monthly: 100 },
      { plan: 'security', monthly: 0 },
    ],
    currency: 'EUR',
  });
});

test('routes and topics are the ones that the manifest declares', () => {
  const manifest = JSON.parse(readFileSync(new URL('../manifest.json', import.meta.url), 'utf8')) as {
    api: { endpoints: { method: string; path: string }[] };
    events: { topic: string }[];
  };
  expect(app.routes).toEqual(manifest.api.endpoints.map(({ method, path }) => ({ method, path })));
  expect(app.topics).toEqual(manifest.events.map(({ topic }) => topic));
});
