import { deliver } from '@alga/extension-sdk/testing';
import { expect, test } from 'vitest';
import app from '../server/index.ts';
import { create, install, terms } from './fixtures.ts';

const topic = 'customer.renamed';

test('agreements follow the new name of their customer, also when the event comes twice', async () => {
  const host = install();
  const [mine, other] = [create(host), create(host, { customer: 'Contoso' })];
  const event = { topic, payload: { from: 'Northwind', to: 'Northwind Traders' } };
  expect(await deliver(host, app, event)).toEqual({ ok: true });
  expect(await deliver(host, app, { ...event, attempt: 2 })).toEqual({ ok: true });
  expect(host.storage.documents('agreements')).toEqual({
    [mine]: { ...terms, customer: 'Northwind Traders' },
    [other]: { ...terms, customer: 'Contoso' },
  });
});

test.each([null, {}, { from: 'a' }, { from: 'Northwind', to: '' }, { from: 1, to: 2 }])(
  'the payload %j is refused and changes nothing',
  async (payload) => {
    const host = install();
    const id = create(host);
    expect(await deliver(host, app, { topic, payload })).toEqual({ ok: false, code: 'invalid_payload' });
    expect(host.storage.documents('agreements')).toEqual({ [id]: terms });
  },
);
