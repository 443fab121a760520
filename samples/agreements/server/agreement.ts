export const statuses = ['draft', 'active', 'ended'] as const;
export const plans = ['backup', 'managed', 'security'] as const;

export type Status = (typeof statuses)[number];
export type Plan = (typeof plans)[number];

/** What people and the customer system say of an agreement. */
export interface AgreementTerms {
  /** 1 to 120 characters. */
  readonly customer: string;
  readonly plan: Plan;
  readonly status: Status;
  /** Whole amount a month, 0 to 1,000,000, in the configured currency. */
  readonly monthly: number;
  /** `YYYY-MM-DD`. */
  readonly starts: string;
  /** `YYYY-MM-DD`, not before `starts`. */
  readonly ends: string;
  /** At most 2,000 characters. */
  readonly notes: string;
}

/** What is stored under the agreement's id. */
export interface StoredAgreement extends AgreementTerms {
  /** Id in the customer system, for an agreement that came from there. */
  readonly sourceId?: string;
}

/** An agreement as the API gives it. */
export interface Agreement extends StoredAgreement {
  readonly id: string;
  /** Grows with each change; an update names the one that it is based on. */
  readonly revision: number;
}

/** From a field's name to what is wrong with it. */
export type FieldErrors = Record<string, string>;

/** The terms in a value from outside, or what is wrong with them. */
export function parseTerms(value: unknown): { terms: AgreementTerms } | { errors: FieldErrors } {
  const { customer, plan, status, monthly, starts, ends, notes } = asRecord(value);
  const errors: FieldErrors = {};
  if (typeof customer !== 'string' || customer.trim() === '' || customer.length > 120) {
    errors['customer'] = 'A customer has 1 to 120 characters.';
  }
  if (!isOneOf(plans, plan)) errors['plan'] = `A plan is one of ${plans.join(', ')}.`;
  if (!isOneOf(statuses, status)) errors['status'] = `A status is one of ${statuses.join(', ')}.`;
  if (typeof monthly !== 'number' || !Number.isInteger(monthly) || monthly < 0 || monthly > 1_000_000) {
    errors['monthly'] = 'A monthly amount is a whole number from 0 to 1,000,000.';
  }
  if (!isDay(starts)) errors['starts'] = 'A start is a day, YYYY-MM-DD.';
  if (!isDay(ends)) errors['ends'] = 'An end is a day, YYYY-MM-DD.';
  else if (isDay(starts) && ends < starts) errors['ends'] = 'The end is not before the start.';
  if (notes !== undefined && (typeof notes !== 'string' || notes.length > 2000)) {
    errors['notes'] = 'Notes have at most 2,000 characters.';
  }
  if (Object.keys(errors).length > 0) return { errors };
  // All fields were checked above, one by one.
  const terms = {
    customer: (customer as string).trim(),
    plan,
    status,
    monthly,
    starts,
    ends,
    notes: notes ?? '',
  };
  return { terms: terms as AgreementTerms };
}

function asRecord(value: unknown): Record<string, unknown> & Partial<Record<keyof AgreementTerms, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isOneOf<T extends string>(allowed: readonly T[], value: unknown): value is T {
  return (allowed as readonly unknown[]).includes(value);
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}
