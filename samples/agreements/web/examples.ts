import type { AgreementTerms } from '../server/agreement.ts';

/** Agreements to look around with, for a tenant that has none. */
export const examples: readonly AgreementTerms[] = [
  ['Northwind Traders', 'managed', 'active', 4200, '2026-01-01', '2027-12-31'],
  ['Contoso', 'backup', 'active', 950, '2025-06-01', '2027-05-31'],
  ['Fabrikam', 'security', 'active', 2100, '2026-03-01', '2028-02-29'],
  ['Litware', 'managed', 'draft', 3300, '2026-09-01', '2028-08-31'],
  ['Adventure Works', 'backup', 'active', 640, '2025-11-15', '2026-11-14'],
  ['Wingtip Toys', 'managed', 'active', 1850, '2026-02-01', '2027-01-31'],
  ['Tailspin', 'security', 'ended', 1200, '2023-01-01', '2025-12-31'],
  ['Proseware', 'managed', 'active', 2750, '2025-04-01', '2028-03-31'],
].map(
  ([customer, plan, status, monthly, starts, ends]) =>
    ({ customer, plan, status, monthly, starts, ends, notes: '' }) as AgreementTerms,
);
