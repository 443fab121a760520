import { useLocale } from '@alga/ui-kit';
import { useMemo } from 'react';

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** Numbers and times in the reader's own notation. */
export function useFormat() {
  const { locale } = useLocale();
  return useMemo(() => makeFormat(locale), [locale]);
}

function makeFormat(locale: string) {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const number = (value: number, digits = 0) =>
    value.toLocaleString(locale, { maximumFractionDigits: digits });

  return {
    number,
    percent: (share: number) => share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 }),
    moment: (iso: string) => moment.format(new Date(iso)),
    time: (iso: string) => time.format(new Date(iso)),
    day: (iso: string) => day.format(new Date(iso)),
    /** A calendar day such as `2026-03-01`, whatever the reader's zone. */
    utcDay: (date: string) =>
      new Date(date).toLocaleDateString(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' }),
    utcMonth: (date: string) =>
      new Date(date).toLocaleDateString(locale, { month: 'short', year: '2-digit', timeZone: 'UTC' }),
    utcMonthOfYear: (date: string) =>
      new Date(date).toLocaleDateString(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    /** How long ago, or until then: `2 days ago`, `in 3 hours`. */
    relative(iso: string) {
      const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
      const [unit, size] =
        UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
      return relative.format(Math.round(seconds / size), unit);
    },
    bytes(value: number) {
      const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
      const step = value < 1 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log2(value) / 10));
      return `${number(value / 1024 ** step, step === 0 ? 0 : 1)} ${steps[step] ?? ''}`;
    },
    /** From microseconds. */
    duration(us: number) {
      if (us < 1000) return `${number(us)} µs`;
      if (us < 1_000_000) return `${number(us / 1000, us < 10_000 ? 1 : 0)} ms`;
      return `${number(us / 1_000_000, 2)} s`;
    },
  };
}
