import { expect, it } from 'vitest';
import { readActor } from '../../src/common/actor.ts';
import { describeAll, isGranted, without, withGrant } from '../../src/common/permissions.ts';

const asked = { capabilities: ['http.fetch', 'storage.kv'], egress: ['*.dav.example', 'api.example'] };

it('all that is asked for is described, also what this page does not know', () => {
  const described = describeAll(
    { capabilities: ['storage.kv', 'camera.use'], egress: ['*.dav.example'] },
    { namespaces: ['a'] },
  );

  expect(described.map(({ title }) => title)).toEqual([
    'Keep data',
    'A permission that this page does not know: camera.use',
    'Connect to every host below dav.example',
  ]);
  expect(described[0]?.text).toContain('Kept under: a.');
});

it('a capability called like a member of all objects is one that this page does not know', () => {
  expect(describeAll({ capabilities: ['constructor'], egress: [] })[0]?.title).toContain(
    'does not know: constructor',
  );
});

it('a grant is given and taken one by one', () => {
  const [fetch, , wildcard] = describeAll(asked);
  if (fetch === undefined || wildcard === undefined) throw new Error('Not described.');
  const some = withGrant(withGrant(asked, fetch, false), wildcard, false);

  expect(some).toEqual({ capabilities: ['storage.kv'], egress: ['api.example'] });
  expect(isGranted(some, fetch)).toBe(false);
  expect(withGrant(withGrant(some, fetch, true), fetch, true).capabilities).toEqual([
    'storage.kv',
    'http.fetch',
  ]);
});

it('what is in one only is told', () => {
  const held = { capabilities: ['storage.kv', 'metrics.emit'], egress: ['api.example'] };

  expect(without(asked, held)).toEqual({ capabilities: ['http.fetch'], egress: ['*.dav.example'] });
});

it('an actor is a person at an issuer, or the platform', () => {
  expect(readActor('https://login.example/#tenant#ada@acme.example')).toEqual({
    name: 'ada@acme.example',
    issuer: 'https://login.example/#tenant',
  });
  expect(readActor('platform:follow')).toEqual({ name: 'The platform itself', issuer: null });
});
