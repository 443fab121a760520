export interface Agreement {
  id: string;
  customer: string;
  plan: string;
  status: 'Active' | 'Draft' | 'Expiring' | 'Ended';
  monthly: number;
  ends: Date;
}

const customers = [
  'Northwind Traders',
  'Contoso Health',
  'Fabrikam Logistics',
  'Adventure Works',
  'Tailspin Toys',
  'Wide World Importers',
  'Proseware',
  'Litware Energy',
  'Lucerne Publishing',
  'Coho Vineyard',
  'Margie’s Travel',
  'Alpine Ski House',
];
const plans = ['Managed', 'Backup', 'Security', 'Support 24/7'];
const statuses = ['Active', 'Active', 'Expiring', 'Draft', 'Active', 'Ended'] as const;

/** Forty-eight made-up agreements, the same each time. */
export const agreements: Agreement[] = Array.from({ length: 48 }, (_, index) => ({
  id: `AG-${1042 + index}`,
  customer: customers[(index * 5) % customers.length] ?? '',
  plan: plans[(index * 3 + Math.floor(index / 12)) % plans.length] ?? '',
  status: statuses[index % statuses.length] ?? 'Active',
  monthly: 180 + ((index * 137) % 23) * 95,
  ends: new Date(2026, (index * 7) % 12, 1 + ((index * 11) % 28)),
}));

export const statusTones = {
  Active: 'success',
  Draft: 'neutral',
  Expiring: 'warning',
  Ended: 'danger',
} as const;
