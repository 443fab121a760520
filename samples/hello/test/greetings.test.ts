import { readFileSync } from 'node:fs';
import { call, createTestHost, type TestHost } from '@alga/extension-sdk/testing';
import { expect, test } from 'vitest';
import app from '../server/index.ts';

function greet(host: TestHost, name: string): unknown {
  return call(host, app, 'GET', `/greetings/${name}`).json();
}

test('the count of a name grows with each greeting', () => {
  const host = createTestHost({ tenantId: 'acme' });
  expect(greet(host, 'ada')).toEqual({ greeting: 'Hello, ada!', count: 1, tenantId: 'acme' });
  expect(greet(host, 'ada')).toEqual({ greeting: 'Hello, ada!', count: 2, tenantId: 'acme' });
  expect(greet(host, 'bob')).toMatchObject({ count: 1 });
});

test('the configured salutation is used', () => {
  expect(greet(createTestHost({ config: { salutation: 'Ahoj' } }), 'ada')).toMatchObject({
    greeting: 'Ahoj, ada!',
  });
});

test('a greeting is logged and measured', () => {
  const host = createTestHost();
  greet(host, 'ada');
  expect(host.logs).toEqual([{ level: 'info', message: 'greeted', fields: { name: 'ada', count: '1' } }]);
  expect(host.measurements).toEqual([{ name: 'greetings', kind: 'counter', value: 1, tags: {} }]);
});

test('a greeting that another one overtook still counts', () => {
  const host = createTestHost();
  greet(host, 'ada');
  const { storage } = host.bindings;
  const put = storage.put.bind(storage);
  let overtaken = false;
  storage.put = (namespace, write) => {
    if (!overtaken) {
      overtaken = true;
      put(namespace, { ...write, value: '{"count":7}' });
    }
    return put(namespace, write);
  };
  expect(greet(host, 'ada')).toMatchObject({ count: 8 });
});

test('the list shows every name with its count', () => {
  const host = createTestHost();
  for (const name of ['bob', 'ada', 'bob']) greet(host, name);
  expect(call(host, app, 'GET', '/greetings').json()).toEqual({
    greetings: [
      { name: 'ada', count: 1 },
      { name: 'bob', count: 2 },
    ],
    tenantId: 'tenant-1',
  });
});

test('a forgotten name starts again', () => {
  const host = createTestHost();
  greet(host, 'ada');
  expect(call(host, app, 'DELETE', '/greetings/ada').status).toBe(204);
  expect(call(host, app, 'DELETE', '/greetings/ada').status).toBe(404);
  expect(greet(host, 'ada')).toMatchObject({ count: 1 });
});

test.each(['', ' ada', 'a/b', '<script>', 'x'.repeat(81)])('the name %j is refused', (name) => {
  const host = createTestHost();
  const answer = call(host, app, 'GET', `/greetings/${name}`);
  expect([400, 404]).toContain(answer.status);
  expect(host.storage.documents('greetings')).toEqual({});
});

test('without the storage grant the caller sees a stable code and the log sees the reason', () => {
  const host = createTestHost({ capabilities: [] });
  const answer = call(host, app, 'GET', '/greetings/ada');
  expect(answer.status).toBe(500);
  expect(answer.json()).toEqual({ error: { code: 'internal' } });
  expect(host.logs[0]?.message).toContain('CapabilityDeniedError');
});

test('the routes are the ones that the manifest declares', () => {
  const manifest = JSON.parse(readFileSync(new URL('../manifest.json', import.meta.url), 'utf8')) as {
    api: { endpoints: { method: string; path: string }[] };
  };
  expect(app.routes).toEqual(manifest.api.endpoints);
});
