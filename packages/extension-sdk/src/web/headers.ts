import type { WireHeader } from '../runtime/wire.ts';
import { toWireHeader } from '../http/encode.ts';

/** What `Headers` is made from. */
export type HeadersInit = Headers | Iterable<readonly [string, string]> | Readonly<Record<string, string>>;

/** `Headers` of the Fetch standard. Names and values are checked, so they are fit to leave the sandbox. */
export class Headers implements Iterable<[string, string]> {
  readonly #values = new Map<string, string[]>();

  constructor(init: HeadersInit = {}) {
    const entries = Symbol.iterator in init ? init : Object.entries(init);
    for (const [name, value] of entries) this.append(name, value);
  }

  append(name: string, value: string): void {
    const [key, checked] = toWireHeader(name, trimmed(value));
    this.#values.set(key, [...(this.#values.get(key) ?? []), checked]);
  }

  set(name: string, value: string): void {
    const [key, checked] = toWireHeader(name, trimmed(value));
    this.#values.set(key, [checked]);
  }

  delete(name: string): void {
    this.#values.delete(name.toLowerCase());
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  /** All values, joined with a comma; null when there is none. */
  get(name: string): string | null {
    return this.#values.get(name.toLowerCase())?.join(', ') ?? null;
  }

  getSetCookie(): string[] {
    return [...(this.#values.get('set-cookie') ?? [])];
  }

  forEach(callback: (value: string, name: string, headers: Headers) => void): void {
    for (const [name, value] of this) callback(value, name, this);
  }

  keys(): IterableIterator<string> {
    return this.#sorted()
      .map(([name]) => name)
      .values();
  }

  values(): IterableIterator<string> {
    return this.#sorted()
      .map(([, value]) => value)
      .values();
  }

  entries(): IterableIterator<[string, string]> {
    return this.#sorted().values();
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }

  /** By name, as the standard wants it; `set-cookie` stays one entry a value. */
  #sorted(): WireHeader[] {
    return [...this.#values.keys()].sort().flatMap((name): WireHeader[] => {
      const values = this.#values.get(name) ?? [];
      return name === 'set-cookie' ? values.map((value) => [name, value]) : [[name, values.join(', ')]];
    });
  }
}

/** Untyped callers pass numbers too, and the standard writes them out. */
function trimmed(value: unknown): string {
  return String(value).trim();
}
