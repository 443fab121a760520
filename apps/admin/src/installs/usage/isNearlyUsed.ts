import type { QuotaUse } from '../../api/types.ts';

const NEARLY = 0.8;

/** Whether four fifths of a month's limit are gone. */
export function isNearlyUsed({ limits, invocations, egressBytes }: QuotaUse): boolean {
  const isGone = (used: number, limit: number | null | undefined) => limit != null && used >= limit * NEARLY;
  return isGone(invocations, limits.monthlyInvocations) || isGone(egressBytes, limits.monthlyEgressBytes);
}
