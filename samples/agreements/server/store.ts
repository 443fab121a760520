import { HttpError, storage, type Entry } from '@alga/extension-sdk';
import type { Agreement, StoredAgreement } from './agreement.ts';

/** All agreements of the tenant, by id. */
export const agreements = storage.namespace<StoredAgreement>('agreements');

export function toAgreement({ key, value, revision }: Entry<StoredAgreement>): Agreement {
  return { id: key, revision, ...value };
}

/** @throws HttpError 404 `no_agreement`. */
export function find(id: string): Agreement {
  const entry = agreements.get(id);
  if (entry === undefined) throw new HttpError(404, 'no_agreement', 'There is no such agreement.');
  return toAgreement(entry);
}
