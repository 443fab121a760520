import type { BadgeProps } from '@alga/ui-kit';
import type { Plan, Status } from '../server/agreement.ts';

export const planLabels: Readonly<Record<Plan, string>> = {
  backup: 'Backup',
  managed: 'Managed',
  security: 'Security',
};

export const statusLabels: Readonly<Record<Status, string>> = {
  draft: 'Draft',
  active: 'Active',
  ended: 'Ended',
};

export const statusTones: Readonly<Record<Status, NonNullable<BadgeProps['tone']>>> = {
  draft: 'neutral',
  active: 'success',
  ended: 'warning',
};

/** A whole amount in the reader's notation. */
export function formatAmount(amount: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(
    amount,
  );
}

/** A day, `YYYY-MM-DD`, in the reader's notation. */
export function formatDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
