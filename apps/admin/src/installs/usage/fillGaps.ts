import type { Usage, UsageFigures } from '../../api/types.ts';

/** A day or month; without figures where nothing ran. */
export interface UsagePoint {
  readonly startsOn: string;
  readonly figures: UsageFigures | undefined;
}

/** All days or months of the range in order: the registry leaves out those in which nothing ran. */
export function fillGaps({ period, from, to, items }: Usage): readonly UsagePoint[] {
  const known = new Map(items.map(({ startsOn, figures }) => [startsOn, figures]));
  const points: UsagePoint[] = [];
  const day = new Date(period === 'month' ? `${from.slice(0, 7)}-01` : from);
  for (const last = new Date(to); day <= last;) {
    const startsOn = day.toISOString().slice(0, 10);
    points.push({ startsOn, figures: known.get(startsOn) });
    if (period === 'month') day.setUTCMonth(day.getUTCMonth() + 1);
    else day.setUTCDate(day.getUTCDate() + 1);
  }
  return points;
}
