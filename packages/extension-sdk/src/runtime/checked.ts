/** Checks before a value crosses the boundary: there, a wrong type would end the guest without a message. */

/** `value` when it is a string, with lone surrogates replaced as UTF-8 has no form for them. */
export function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw notText(what, value);
  return wellFormed(value);
}

/** What is thrown for `value`, which is no string. */
export function notText(what: string, value: unknown): TypeError {
  return new TypeError(`${what} must be a string, not ${typeof value}.`);
}

/** `value` when it is a whole number from `least` to `most`. */
export function whole(value: unknown, what: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw new TypeError(`${what} must be a whole number from ${least} to ${most}.`);
  }
  return value;
}

/** `value` when it is a number that is neither infinite nor NaN. */
export function finite(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new TypeError(`${what} must be a finite number.`);
  }
  return value;
}

/** Name and value pairs of `record`, numbers and booleans written out. */
export function pairs(
  record: Readonly<Record<string, string | number | boolean>>,
  what: string,
): [string, string][] {
  return Object.entries(record).map(([name, value]) => {
    const written = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    if (typeof (written as unknown) !== 'string') throw notText(`${what} "${name}"`, written);
    return [wellFormed(name), wellFormed(written)];
  });
}

// ES2024; a regular expression over a megabyte takes longer than all else of a request.
const native = (String.prototype as { toWellFormed?: () => string }).toWellFormed;
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** `value` with each lone surrogate replaced by U+FFFD. */
export function wellFormed(value: string): string {
  return native === undefined ? value.replace(loneSurrogate, '\uFFFD') : native.call(value);
}
