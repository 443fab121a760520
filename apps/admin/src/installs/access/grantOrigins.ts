import type { AuditEntry, Grants, Json } from '../../api/types.ts';
import { isGranted, type Permission } from '../../common/permissions.ts';

/** The change that made a permission what it is now. */
export interface GrantOrigin {
  readonly actor: string;
  readonly at: string;
}

/**
 * Who allowed a permission last, or took it away last.
 *
 * @param entries The install's entries of the audit log, the latest first.
 * @returns Undefined where no entry tells: it was never allowed, or before the entries that there are.
 */
export function originOf(entries: readonly AuditEntry[], permission: Permission): GrantOrigin | undefined {
  const has = (state: Json) => isGranted(grantsOf(state), permission);
  return entries.find(({ before, after }) => after !== null && has(before) !== has(after));
}

const NOTHING: Grants = { capabilities: [], egress: [] };

// The log keeps whatever an entry is about; only an install has grants.
function grantsOf(state: Json): Grants {
  if (state === null || typeof state !== 'object' || Array.isArray(state)) return NOTHING;
  const { grants } = state as { readonly grants?: Partial<Grants> };
  return { capabilities: grants?.capabilities ?? [], egress: grants?.egress ?? [] };
}
