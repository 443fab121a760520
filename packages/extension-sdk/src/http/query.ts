/** Query parameters; one that repeats keeps all its values. */
export class Query implements Iterable<readonly [name: string, value: string]> {
  readonly #entries: readonly [string, string][];

  constructor(entries: readonly [string, string][]) {
    this.#entries = entries;
  }

  /** The first value, or undefined. */
  get(name: string): string | undefined {
    return this.#entries.find(([key]) => key === name)?.[1];
  }

  /** All values, in the order they came. */
  getAll(name: string): string[] {
    return this.#entries.filter(([key]) => key === name).map(([, value]) => value);
  }

  [Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    return this.#entries[Symbol.iterator]();
  }
}
