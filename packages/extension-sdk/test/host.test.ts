import { expect, test } from 'vitest';
import {
  CapabilityDeniedError,
  fetch,
  log,
  metrics,
  secrets,
  storage,
  StorageConflictError,
  StorageQuotaExceededError,
} from '../src/index.ts';
import { withHost } from '../src/runtime/bindings.ts';
import { createTestHost, type TestHost } from '../src/testing/index.ts';
import { refuse } from '../src/testing/refuse.ts';

const notes = storage.namespace<{ n: number }>('notes');

function inside<T>(host: TestHost, work: () => T): T {
  return withHost(host.bindings, work);
}

test('a document has a revision that grows with each write', () => {
  inside(createTestHost(), () => {
    expect(notes.get('a')).toBeUndefined();
    expect(notes.put('a', { n: 1 })).toEqual({ key: 'a', value: { n: 1 }, revision: 1 });
    expect(notes.put('a', { n: 2 }, { ifRevision: 1 }).revision).toBe(2);
    expect(notes.get('a')?.value).toEqual({ n: 2 });
    expect(notes.delete('a')).toBe(true);
    expect(notes.delete('a')).toBe(false);
  });
});

test('a lost race is a typed conflict', () => {
  inside(createTestHost(), () => {
    notes.put('a', { n: 1 }, { ifRevision: 0 });
    expect(() => notes.put('a', { n: 2 }, { ifRevision: 0 })).toThrow(StorageConflictError);
    expect(() => notes.delete('a', { ifRevision: 9 })).toThrow(StorageConflictError);
  });
});

test('an update gives up after its last attempt', () => {
  const host = createTestHost();
  let tries = 0;
  host.bindings.storage.put = () => {
    tries++;
    return refuse('conflict', 'again');
  };
  inside(host, () => {
    expect(() => notes.update('a', () => ({ n: 1 }), 3)).toThrow(StorageConflictError);
  });
  expect(tries).toBe(3);
});

test('every entry is listed exactly once across pages', () => {
  inside(createTestHost(), () => {
    const keys = Array.from({ length: 250 }, (_, i) => `k${String(i).padStart(3, '0')}`);
    for (const key of keys) notes.put(key, { n: 1 });
    notes.put('other', { n: 1 });
    expect(Array.from(notes.entries('k'), (entry) => entry.key)).toEqual(keys);
    expect(notes.scan('k', { limit: 2 })).toMatchObject({ entries: [{ key: 'k000' }, { key: 'k001' }] });
  });
});

test('a commit happens whole or not at all', () => {
  const host = createTestHost();
  inside(host, () => {
    notes.put('a', { n: 1 });
    const changes = [
      { put: 'b', value: { n: 2 } },
      { delete: 'a', ifRevision: 5 },
    ];
    expect(() => notes.commit(changes)).toThrow(StorageConflictError);
    expect(host.storage.documents('notes')).toEqual({ a: { n: 1 } });
    expect(notes.commit([{ put: 'b', value: { n: 2 } }, { delete: 'a' }])).toMatchObject([{ key: 'b' }]);
    expect(host.storage.documents('notes')).toEqual({ b: { n: 2 } });
  });
});

test('each refusal of the host has its class and keeps its message', () => {
  const host = createTestHost();
  host.bindings.storage.get = () => refuse('quota-exceeded', 'full');
  inside(host, () => {
    expect(() => notes.get('a')).toThrow(StorageQuotaExceededError);
    expect(() => notes.get('a')).toThrow('full');
  });
});

test('a fault that is no refusal passes through', () => {
  const host = createTestHost();
  host.bindings.storage.get = () => {
    throw new RangeError('fault');
  };
  inside(host, () => {
    expect(() => notes.get('a')).toThrow(RangeError);
  });
});

test.each([
  ['http.fetch', () => fetch('https://example.com/')],
  ['secrets.get', () => secrets.get('key')],
  ['secrets.get', () => secrets.names()],
  ['storage.kv', () => notes.get('a')],
])('without %s the call is denied by name', (capability, work) => {
  const error = inside(createTestHost({ capabilities: [] }), () => {
    try {
      return work();
    } catch (thrown) {
      return thrown;
    }
  });
  expect(error).toBeInstanceOf(CapabilityDeniedError);
  expect(error).toMatchObject({ capability, code: 'denied' });
});

test.each([
  ['a key that is no string', () => notes.get(1 as never)],
  ['a fractional revision', () => notes.put('a', { n: 1 }, { ifRevision: 0.5 })],
  ['a value without JSON', () => storage.namespace('notes').put('a', undefined)],
  ['a time to live of 0', () => notes.put('a', { n: 1 }, { ttlSeconds: 0 })],
  [
    'a metric that is no number',
    () => {
      metrics.gauge('m', NaN);
    },
  ],
  [
    'a log message that is no string',
    () => {
      log.info(1 as never);
    },
  ],
  [
    'a log field that is an object',
    () => {
      log.info('m', { a: {} as never });
    },
  ],
])('%s is refused before the boundary', (_, work) => {
  inside(createTestHost(), () => {
    expect(work).toThrow(TypeError);
  });
});

test('host APIs outside of a request say what to do', () => {
  expect(() => notes.get('a')).toThrow('move this call from the module into a handler');
});
