import { readFileSync } from 'node:fs';
import { call, createTestHost } from '@alga/extension-sdk/testing';
import { expect, test } from 'vitest';
import app from '../server/index.ts';

test('the routes are the ones that the manifest declares', () => {
  const manifest = JSON.parse(readFileSync(new URL('../manifest.json', import.meta.url), 'utf8')) as {
    api: { endpoints: { method: string; path: string }[] };
  };
  expect(app.routes).toEqual(manifest.api.endpoints);
});

test('a binary body comes back byte for byte', () => {
  const body = Uint8Array.of(0xff, 0, 0x80);
  const answer = call(createTestHost(), app, 'POST', '/echo', { body });
  expect([...answer.bytes()]).toEqual([...body]);
});

test('a refused host call is told with its capability', () => {
  const answer = call(createTestHost(), app, 'GET', '/denied-http');
  expect(answer.json()).toMatchObject({ refused: 'denied', capability: 'http.fetch' });
});

test('an operation is counted once, however often it comes', () => {
  const host = createTestHost();
  expect(call(host, app, 'POST', '/count/a').json()).toMatchObject({ again: false });
  expect(call(host, app, 'POST', '/count/a').json()).toMatchObject({ again: true });
  expect(call(host, app, 'POST', '/count/b').json()).toMatchObject({ again: false });
  expect(call(host, app, 'GET', '/storage/total').json()).toMatchObject({ value: 2 });
});
