import { call, type FetchAnswerer, type TestHost } from '@alga/extension-sdk/testing';
import { expect, test } from 'vitest';
import app from '../server/index.ts';
import { create, install, terms } from './fixtures.ts';

const secrets = { 'crm-api-key': 'canary-key' };

function customerSystem(records: unknown[], fetch?: FetchAnswerer): TestHost {
  return install({ secrets, fetch: fetch ?? (() => ({ body: JSON.stringify({ agreements: records }) })) });
}

test('a sync adds what is new, changes what differs and leaves the rest', () => {
  const records: object[] = [
    { id: 'a', ...terms },
    { id: 'b', ...terms, customer: 'Contoso' },
  ];
  const host = customerSystem(records);
  const own = create(host);
  const sync = () => call(host, app, 'POST', '/sync').json();
  expect(sync()).toMatchObject({ added: 2, updated: 0, skipped: 0 });
  records[1] = { id: 'b', ...terms, customer: 'Contoso', monthly: 3 };
  expect(sync()).toMatchObject({ added: 0, updated: 1, skipped: 0 });
  expect(sync()).toMatchObject({ added: 0, updated: 0, skipped: 0 });
  expect(host.storage.documents('agreements')).toEqual({
    [own]: terms,
    'crm-a': { ...terms, sourceId: 'a' },
    'crm-b': { ...terms, customer: 'Contoso', monthly: 3, sourceId: 'b' },
  });
  expect(call(host, app, 'GET', '/summary').json()).toMatchObject({ lastSync: { added: 0 } });
});

test('the key goes out as a placeholder and stays out of the log', () => {
  let header: string | undefined;
  const host = customerSystem([], (request) => {
    header = request.headers.get('authorization');
    return { body: '{"agreements":[]}' };
  });
  call(host, app, 'POST', '/sync');
  expect(header).toBe('Bearer {{secret:crm-api-key}}');
  expect(JSON.stringify([host.logs, host.storage.documents('sync')])).not.toContain('canary-key');
});

test.each([
  ['no id', { ...terms }],
  ['an id with a slash', { id: 'a/b', ...terms }],
  ['wrong terms', { id: 'a', ...terms, plan: 'gold' }],
  ['null', null],
])('a record with %s is skipped', (_, record) => {
  const host = customerSystem([record, { id: 'good', ...terms }]);
  expect(call(host, app, 'POST', '/sync').json()).toMatchObject({ added: 1, skipped: 1 });
  expect(Object.keys(host.storage.documents('agreements'))).toEqual(['crm-good']);
});

test.each([
  ['an error', { status: 500, body: 'canary-text' }, 'source_refused'],
  ['text that is no JSON', { body: '<html>canary-text' }, 'source_invalid'],
  ['no list', { body: '{"agreements":{}}' }, 'source_invalid'],
])('%s of the customer system has a code of its own', (_, answer, code) => {
  const host = customerSystem([], () => answer);
  const response = call(host, app, 'POST', '/sync');
  expect([response.status, response.json()]).toMatchObject([502, { error: { code } }]);
  expect(response.text()).not.toContain('canary-text');
});

test('a customer system that does not answer is told', () => {
  const response = call(install({ secrets }), app, 'POST', '/sync');
  expect([response.status, response.json()]).toMatchObject([502, { error: { code: 'source_unreachable' } }]);
});

test('without the key nothing goes out', () => {
  const host = install({
    fetch: () => {
      throw new Error('something went out');
    },
  });
  const response = call(host, app, 'POST', '/sync');
  expect([response.status, response.json()]).toMatchObject([409, { error: { code: 'secret_missing' } }]);
});

test('more agreements than fit a commit are all taken over', () => {
  const host = customerSystem(Array.from({ length: 120 }, (_, n) => ({ id: `n${n}`, ...terms })));
  expect(call(host, app, 'POST', '/sync').json()).toMatchObject({ added: 120 });
  expect(Object.keys(host.storage.documents('agreements'))).toHaveLength(120);
});
