/** Why a value was refused. Says where and what was expected, never what was found: that is the other side's text. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';

  constructor(
    readonly at: string,
    readonly expected: string,
  ) {
    super(`${at}: ${expected}`);
  }
}

/** Returns a clean copy of a value of the wanted type, or throws a {@link Mismatch}. */
export type Guard<T> = (value: unknown, at: string) => T;

/** A guard of a field that may be missing. */
export interface Optional<T> {
  readonly optional: Guard<T>;
}

/** Fields of an object. */
export type Shape = Readonly<Record<string, Guard<unknown> | Optional<unknown>>>;

type RequiredKey<S extends Shape> = {
  [K in keyof S]: S[K] extends Optional<unknown> ? never : K;
}[keyof S];

/** The type that a shape describes. */
export type Clean<S extends Shape> = {
  readonly [K in RequiredKey<S>]: S[K] extends Guard<infer T> ? T : never;
} & {
  readonly [K in Exclude<keyof S, RequiredKey<S>>]?: S[K] extends Optional<infer T> ? T : never;
};

/** Marks a field that may be missing. One that is there must fit: `undefined` is not "missing". */
export function optional<T>(guard: Guard<T>): Optional<T> {
  return { optional: guard };
}

/** Text of `min` to `max` UTF-16 units that matches the pattern. */
export function text(
  max: number,
  { min = 0, pattern }: { min?: number; pattern?: RegExp } = {},
): Guard<string> {
  return (value, at) => {
    if (typeof value !== 'string') throw new Mismatch(at, 'text');
    if (value.length < min || value.length > max) throw new Mismatch(at, `${min} to ${max} characters`);
    if (pattern !== undefined && !pattern.test(value)) throw new Mismatch(at, `text like ${pattern.source}`);
    return value;
  };
}

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number): Guard<number> {
  return (value, at) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
      throw new Mismatch(at, `a whole number from ${min} to ${max}`);
    }
    return value;
  };
}

export const boolean: Guard<boolean> = (value, at) => {
  if (typeof value !== 'boolean') throw new Mismatch(at, 'true or false');
  return value;
};

/** Exactly one of the given texts. */
export function oneOf<const T extends string>(...choices: readonly T[]): Guard<T> {
  return (value, at) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new Mismatch(at, `one of ${choices.join(', ')}`);
    return choice;
  };
}

export function nullable<T>(guard: Guard<T>): Guard<T | null> {
  return (value, at) => (value === null ? null : guard(value, at));
}

/** A list of at most `max` items. */
export function list<T>(guard: Guard<T>, max: number): Guard<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length > max) throw new Mismatch(at, `a list of at most ${max} items`);
    // Array.from visits holes too, which `map` would keep.
    return Array.from(value, (item: unknown, index) => guard(item, `${at}[${index}]`));
  };
}

const NEVER_A_KEY = new Set(['__proto__', 'constructor', 'prototype']);

/** An object used as a map. The copy has no prototype, so that no name finds anything but an entry. */
export function record<T>(
  key: RegExp,
  guard: Guard<T>,
  maxEntries: number,
): Guard<Readonly<Record<string, T>>> {
  return (value, at) => {
    const entries = Object.entries(plain(value, at));
    if (entries.length > maxEntries) throw new Mismatch(at, `at most ${maxEntries} entries`);
    const copy = Object.create(null) as Record<string, T>;
    for (const [name, item] of entries) {
      if (NEVER_A_KEY.has(name) || !key.test(name)) throw new Mismatch(at, `names like ${key.source}`);
      copy[name] = guard(item, `${at}.${name}`);
    }
    return copy;
  };
}

/** An object with exactly these fields. The copy is built field by field; nothing else of the value survives. */
export function object<const S extends Shape>(shape: S): Guard<Clean<S>> {
  const fields = new Map(Object.entries(shape));
  return (value, at) => {
    const given = plain(value, at);
    if (Object.keys(given).some((key) => !fields.has(key))) throw new Mismatch(at, 'no unknown fields');
    const copy: Record<string, unknown> = {};
    for (const [name, field] of fields) {
      const isOptional = typeof field !== 'function';
      if (!Object.hasOwn(given, name)) {
        if (isOptional) continue;
        throw new Mismatch(`${at}.${name}`, 'a value');
      }
      copy[name] = (isOptional ? field.optional : field)(given[name], `${at}.${name}`);
    }
    return copy as Clean<S>;
  };
}

/** Whether a value is an object as JSON makes them: no class of its own, in this realm or another. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function plain(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (!isPlain(value)) throw new Mismatch(at, 'an object');
  return value;
}
