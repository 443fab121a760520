import { HostError } from './errors.ts';

/** The stored revision is not the one that the write was conditional on. */
export class StorageConflictError extends HostError {}

/** The namespace, key, value or cursor breaks a rule that the message names. */
export class StorageInvalidError extends HostError {}

/** The install's storage quota is used up. */
export class StorageQuotaExceededError extends HostError {}

/** The store does not answer at the moment; trying again later may help. */
export class StorageUnavailableError extends HostError {}

export const storageErrors = {
  conflict: StorageConflictError,
  invalid: StorageInvalidError,
  'quota-exceeded': StorageQuotaExceededError,
  unavailable: StorageUnavailableError,
} as const;
