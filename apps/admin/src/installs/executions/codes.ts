/** Codes that an execution may end with (docs/errors.md), and `cancelled`. */
export const CODES = [
  'bundle_unavailable',
  'cancelled',
  'capability_denied',
  'fuel_exhausted',
  'guest_trap',
  'internal',
  'invalid_response',
  'memory_limit',
  'overloaded',
  'signature_invalid',
  'timeout',
  'version_revoked',
] as const;
