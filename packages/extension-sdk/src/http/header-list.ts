import type { WireHeader } from '../runtime/wire.ts';

/** Headers of a message, by name without regard to case; repeated ones keep all their values. */
export class HeaderList implements Iterable<readonly [name: string, value: string]> {
  readonly #entries: readonly WireHeader[];

  constructor(entries: readonly WireHeader[]) {
    this.#entries = entries;
  }

  /** The first value, or undefined. */
  get(name: string): string | undefined {
    return this.getAll(name)[0];
  }

  /** All values, in the order they came. */
  getAll(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.#entries.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
  }

  [Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    return this.#entries[Symbol.iterator]();
  }
}
