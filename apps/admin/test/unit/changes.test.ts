import { describe, expect, it } from 'vitest';
import type { JsonObject, Version } from '../../src/api/types.ts';
import { compareFiles } from '../../src/changes/compareFiles.ts';
import { compareManifests } from '../../src/changes/compareManifests.ts';
import { compareSettings } from '../../src/changes/compareSettings.ts';

/** A version that asks for nothing but what is given. */
function version({
  manifest,
  ...over
}: Partial<Omit<Version, 'manifest'>> & { manifest?: object } = {}): Version {
  return {
    capabilities: [],
    egress: [],
    secrets: [],
    endpoints: [],
    events: [],
    ui: null,
    ...over,
    manifest: { displayName: 'X', ...manifest },
  } as unknown as Version;
}

/** Each change in one line, such as `Secrets: New KEY (required)`. */
const linesOf = (from: Version, to: Version) =>
  compareManifests(from, to).flatMap(({ title, changes }) =>
    changes.map(
      ({ kind, what, how }) => `${title}: ${kind} ${what}${how.length > 0 ? ` (${how.join('; ')})` : ''}`,
    ),
  );

const endpoint = (over: Partial<Version['endpoints'][number]> = {}) => ({
  method: 'GET',
  path: '/x',
  roles: [],
  timeoutMs: null,
  maxBodyBytes: null,
  ...over,
});

describe('the changes of a manifest', () => {
  it('are none between a version and itself', () => {
    const same = version({
      capabilities: ['storage.kv'],
      endpoints: [endpoint()],
      manifest: { limits: { memoryMb: 32 } },
    });
    expect(compareManifests(same, same)).toEqual([]);
  });

  it('are told of permissions in plain words, what is new first', () => {
    expect(
      linesOf(
        version({ capabilities: ['storage.kv', 'metrics.emit'], egress: ['a.example'] }),
        version({ capabilities: ['storage.kv', 'secrets.get'], egress: ['*.b.example'] }),
      ),
    ).toEqual([
      'Permissions: added Use secrets that you store for it',
      'Permissions: added Connect to every host below b.example',
      'Permissions: removed Report measurements',
      'Permissions: removed Connect to a.example',
    ]);
  });

  it('tell when an address opens to more users', () => {
    expect(
      linesOf(
        version({ endpoints: [endpoint({ roles: ['tenant_admin'] })] }),
        version({ endpoints: [endpoint(), endpoint({ method: 'PUT', roles: ['clerk'] })] }),
      ),
    ).toEqual([
      'Addresses it answers at: added PUT /x (only for clerk)',
      'Addresses it answers at: changed GET /x (for every user, no longer only for tenant_admin)',
    ]);
  });

  it('do not take another order of roles for a change', () => {
    const roles = (...names: string[]) => version({ endpoints: [endpoint({ roles: names })] });
    expect(linesOf(roles('a', 'b'), roles('b', 'a'))).toEqual([]);
  });

  it('tell of secrets whether they are required and how long they last', () => {
    const secret = (required: boolean, maxAgeDays: number | null) =>
      version({ secrets: [{ name: 'KEY', description: 'd', required, maxAgeDays }] });
    expect(linesOf(version(), secret(true, null))).toEqual(['Secrets: added KEY (required)']);
    expect(linesOf(secret(false, null), secret(true, 30))).toEqual([
      'Secrets: changed KEY (required; to be replaced every 30 days)',
    ]);
    expect(linesOf(secret(true, 30), secret(false, null))).toEqual([
      'Secrets: changed KEY (not required any more; need not be replaced any more)',
    ]);
  });

  it('tell of schedules when they run and what they call, with what is left out filled in', () => {
    const schedules = (...list: object[]) => version({ manifest: { schedules: list } });
    const nightly = { name: 'nightly', cron: '0 3 * * *', endpoint: 'POST /sync' };
    expect(linesOf(version(), schedules(nightly))).toEqual([
      'Schedules: added nightly (at 0 3 * * * in the time of UTC; calls POST /sync)',
    ]);
    expect(
      linesOf(schedules(nightly), schedules({ ...nightly, timeZone: 'UTC', missedRuns: 'once' })),
    ).toEqual([]);
    expect(
      linesOf(
        schedules(nightly),
        schedules({ ...nightly, timeZone: 'Europe/Vienna', missedRuns: 'skip', endpoint: 'POST /x' }),
      ),
    ).toEqual([
      'Schedules: changed nightly (at 0 3 * * * in the time of Europe/Vienna; calls POST /x; Missed runs are left out)',
    ]);
  });

  it('tell of events whether others of a topic are wanted', () => {
    const events = (...filters: unknown[]) =>
      version({ events: filters.map((filter) => ({ topic: 't', filter })) });
    expect(linesOf(events({ a: 1, b: 2 }), events({ b: 2, a: 1 }))).toEqual([]);
    expect(linesOf(events({ a: 1 }), events({ a: 2 }))).toEqual([
      'Events it is told of: changed t (wants others of them)',
    ]);
    expect(linesOf(events({ a: 1 }), events({ a: 1 }, { a: 2 }))).toHaveLength(1);
  });

  it('tell of menus and of limits, of the latter against what a manifest that is silent gets', () => {
    const ui = (label: string, path: string | null) =>
      version({ ui: { entry: 'ui/index.html', hooks: { appMenu: { label, icon: null, path } } } });
    expect(linesOf(version(), ui('Reports', null))).toEqual(['Menus: added Reports (appMenu)']);
    expect(linesOf(ui('Reports', null), ui('Letters', '/letters'))).toEqual([
      'Menus: changed Letters (appMenu) (now called Letters, before Reports; opens /letters)',
    ]);
    const limits = (of: object) => version({ manifest: { limits: of } });
    expect(linesOf(version(), limits({ memoryMb: 64, timeoutMs: 3000 }))).toEqual([]);
    expect(linesOf(version(), limits({ memoryMb: 128 }))).toEqual([
      'Limits it asks for: changed Memory (128 MiB, before 64 MiB)',
    ]);
  });
});

describe('the changes of settings', () => {
  const schema = (properties: JsonObject, rest: JsonObject = {}): JsonObject => ({
    type: 'object',
    properties,
    ...rest,
  });
  const linesOfSettings = (before: JsonObject | undefined, after: JsonObject | undefined) =>
    compareSettings(before, after).map(({ kind, what, how }) => [kind, what, ...how].join(' | '));

  it('are those that are new, that are gone, and that are otherwise', () => {
    expect(
      linesOfSettings(
        schema({
          rows: { type: 'integer', title: 'Rows', default: 10 },
          gone: { type: 'string' },
          same: { type: 'string', default: 'x' },
        }),
        schema(
          {
            rows: { type: 'integer', title: 'Rows', default: 20, maximum: 50 },
            name: { type: 'string', default: 'y' },
            same: { default: 'x', type: 'string', description: 'Other words.' },
          },
          { required: ['rows', 'name'] },
        ),
      ),
    ).toEqual([
      'added | name | required | y unless set',
      'changed | Rows | now required | 20 unless set, no longer 10 | takes other values',
      'removed | gone',
    ]);
  });

  it('are told of a setting in a group by its place', () => {
    const mail = (port: JsonObject, title = 'Mail') =>
      schema({ mail: { type: 'object', title, properties: { port } } });
    expect(linesOfSettings(mail({ type: 'integer', default: 25 }), mail({ type: 'integer' }))).toEqual([
      'changed | Mail › port | has no value unless set',
    ]);
  });

  it('are told of rules that stand beside the settings', () => {
    const one = { a: { type: 'string' } };
    const linesOfRules = linesOfSettings(
      schema(one, { minProperties: 1 }),
      schema(one, { minProperties: 2 }),
    );
    expect(linesOfRules).toEqual(['changed | Rules for all settings together']);
  });

  it('do not take a new group for a rule', () => {
    const group = { mail: { type: 'object', properties: { port: { type: 'integer' } } } };
    expect(linesOfSettings(schema({}), schema(group))).toEqual(['added | mail › port']);
  });

  it('are all of them where a version has the first ones', () => {
    expect(linesOfSettings(undefined, schema({ a: { type: 'string' } }))).toEqual(['added | a']);
    expect(linesOfSettings(schema({ a: { type: 'string' } }), undefined)).toEqual(['removed | a']);
    expect(linesOfSettings(undefined, undefined)).toEqual([]);
  });
});

describe('the changes of code', () => {
  const signed = (files: Record<string, string>) => ({
    files: Object.entries(files).map(([path, sha256]) => ({ path, sha256 })),
  });

  it('tell whether the component is the same, and of pages how many files are otherwise', () => {
    expect(compareFiles(signed({ 'dist/main.wasm': 'a' }), signed({ 'dist/main.wasm': 'a' }))).toEqual([
      'The code that runs on the platform is the same, to the last byte.',
    ]);
    expect(
      compareFiles(
        signed({ 'dist/main.wasm': 'a', 'ui/a': '1', 'ui/b': '1', 'ui/c': '1', 'README.md': '1' }),
        signed({
          'dist/main.wasm': 'b',
          'ui/a': '1',
          'ui/b': '2',
          'ui/d': '1',
          'ui/e': '1',
          'README.md': '2',
        }),
      ),
    ).toEqual([
      'The code that runs on the platform is another.',
      'Files of its pages: 2 new, 1 changed, 1 gone.',
    ]);
    expect(
      compareFiles(
        signed({ 'dist/main.wasm': 'a', 'ui/a': '1' }),
        signed({ 'dist/main.wasm': 'b', 'ui/a': '1' }),
      ),
    ).toEqual(['The code that runs on the platform is another.', 'Its pages are the same.']);
  });

  it('are not known where a statement tells of no files', () => {
    expect(compareFiles(null, signed({}))).toBeNull();
    expect(compareFiles(signed({}), {})).toBeNull();
  });
});
