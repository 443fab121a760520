import { describe, expect, it } from 'vitest';
import type { AuditEntry, Grants } from '../../src/api/types.ts';
import { describeAll } from '../../src/common/permissions.ts';
import { originOf } from '../../src/installs/access/grantOrigins.ts';
import { isNearlyUsed } from '../../src/installs/usage/isNearlyUsed.ts';

const [storage, fetch] = describeAll({ capabilities: ['storage.kv', 'http.fetch'], egress: [] });
const [host] = describeAll({ capabilities: [], egress: ['api.crm.example'] });

function entry(actor: string, before: Grants | null, after: Grants | null): AuditEntry {
  const state = (grants: Grants | null) => (grants === null ? null : { name: 'x', grants: { ...grants } });
  return {
    id: actor,
    at: '2026-03-01T09:30:00Z',
    actor,
    action: 'install.grants',
    target: 'x',
    requestId: 'r',
    before: state(before),
    after: state(after),
  };
}

const grants = (capabilities: readonly string[], egress: readonly string[] = []): Grants => ({
  capabilities,
  egress,
});

describe('who allowed a permission', () => {
  // The latest first.
  const log = [
    entry('i#carol', grants(['http.fetch'], ['api.crm.example']), grants(['http.fetch'])),
    entry('i#bob', grants(['storage.kv']), grants(['http.fetch'], ['api.crm.example'])),
    entry('i#ada', null, grants(['storage.kv'])),
  ];

  it('is who changed it last, whether to allow it or to take it away', () => {
    if (storage === undefined || fetch === undefined || host === undefined) throw new Error('Nothing asked.');
    expect(originOf(log, fetch)?.actor).toBe('i#bob');
    expect(originOf(log, storage)?.actor).toBe('i#bob');
    expect(originOf(log, host)?.actor).toBe('i#carol');
    expect(originOf(log.slice(2), storage)?.actor).toBe('i#ada');
  });

  it('is nobody where no entry tells', () => {
    if (host === undefined) throw new Error('Nothing asked.');
    expect(originOf([], host)).toBeUndefined();
    expect(originOf(log.slice(2), host)).toBeUndefined();
    const strange = { ...entry('i#ada', null, null), after: ['no install'], before: 'text' };
    expect(originOf([strange], host)).toBeUndefined();
  });

  it('is not who uninstalled it', () => {
    if (storage === undefined) throw new Error('Nothing asked.');
    const removal = entry('platform:purge', grants(['storage.kv']), null);
    expect(originOf([removal, ...log.slice(2)], storage)?.actor).toBe('i#ada');
  });
});

describe('a quota', () => {
  it('is nearly used at four fifths of any limit, and never without one', () => {
    const use = (invocations: number, monthlyInvocations: number | null) =>
      isNearlyUsed({ limits: { monthlyInvocations }, invocations, egressBytes: 0 });
    expect([use(79, 100), use(80, 100), use(0, 0), use(1_000_000, null)]).toEqual([false, true, true, false]);
  });
});
