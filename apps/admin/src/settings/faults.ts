import { texts } from '../texts.ts';
import { own } from '../common/own.ts';

/** Where settings do not fit, by the place in them (`smtp/host`); the empty place is the whole. */
export type Faults = Readonly<Record<string, string>>;

const FAULT = /^#\/?([^:]*): (\w+)$/;

/** Reads the registry's phrases, such as `#/greeting: StringExpected`. */
export function readFaults(phrases: readonly string[]): Faults {
  return Object.fromEntries(
    phrases.map((phrase) => {
      const [, place = '', kind = ''] = FAULT.exec(phrase.trim()) ?? [];
      const words =
        kind === '' ? phrase : (own(texts.settings.faults, kind) ?? texts.settings.faultFallback(kind));
      return [place.replaceAll('.', '/'), words];
    }),
  );
}

/** Reads the phrases out of a refusal's detail: `config does not fit this version's schema: …; ….` */
export function faultsInDetail(detail: string): Faults {
  const [, list] = /schema: (.*)\.$/.exec(detail) ?? [];
  return list === undefined ? {} : readFaults(list.split(';'));
}
