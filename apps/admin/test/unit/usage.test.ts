import { expect, it } from 'vitest';
import type { Usage, UsageFigures } from '../../src/api/types.ts';
import { fillGaps } from '../../src/installs/usage/fillGaps.ts';

const figures: UsageFigures = {
  invocations: 1,
  errors: 0,
  durationUs: 1,
  egressBytes: 0,
  fuel: 0,
  memoryBytesPeak: 1,
  p50Us: 1,
  p95Us: 1,
  p99Us: 1,
};
const usage = (period: 'day' | 'month', from: string, to: string, used: string): Usage => ({
  period,
  from,
  to,
  totals: figures,
  items: [{ startsOn: used, figures }],
});

it('days without executions are there, also where the clocks change', () => {
  const points = fillGaps(usage('day', '2026-03-28', '2026-03-31', '2026-03-30'));

  expect(points.map(({ startsOn }) => startsOn)).toEqual([
    '2026-03-28',
    '2026-03-29',
    '2026-03-30',
    '2026-03-31',
  ]);
  expect(points.map((point) => point.figures?.invocations)).toEqual([undefined, undefined, 1, undefined]);
});

it('months are counted by their first days over the turn of a year', () => {
  const points = fillGaps(usage('month', '2025-11-01', '2026-02-28', '2026-01-01'));

  expect(points.map(({ startsOn }) => startsOn)).toEqual([
    '2025-11-01',
    '2025-12-01',
    '2026-01-01',
    '2026-02-01',
  ]);
  expect(points[2]?.figures).toBe(figures);
});
