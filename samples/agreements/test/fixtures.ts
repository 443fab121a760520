import { call, createTestHost, type TestHost, type TestHostOptions } from '@alga/extension-sdk/testing';
import app from '../server/index.ts';

export const terms = {
  customer: 'Northwind',
  plan: 'managed',
  status: 'active',
  monthly: 1200,
  starts: '2026-01-01',
  ends: '2026-12-31',
  notes: '',
};

/** An install with everything granted that the manifest asks for. */
export function install(options: TestHostOptions = {}): TestHost {
  return createTestHost({
    capabilities: ['storage.kv', 'http.fetch', 'secrets.get', 'metrics.emit'],
    ...options,
  });
}

/** Creates an agreement; its id. */
export function create(host: TestHost, changes: object = {}): string {
  const answer = call(host, app, 'POST', '/agreements', { body: JSON.stringify({ ...terms, ...changes }) });
  return (answer.json() as { id: string }).id;
}
