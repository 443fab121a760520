/** `cabi_realloc` of the canonical ABI. */
type Reallocate = (address: number, length: number, alignment: number, newLength: number) => number;

const alignment = 8;

/** What an instance of a module exports, by its name. */
export type Exports = Readonly<Record<string, unknown>>;

/** The allocator of an instance of a module. What it answers is not checked; its calls throw when it traps. */
export class Allocator {
  readonly #memory: { readonly buffer: ArrayBuffer };
  readonly #reallocate: Reallocate;

  /**
   * @param name The export that is `cabi_realloc`; the memory is exported as `memory`.
   */
  constructor(exports: Exports, name: string) {
    this.#memory = exports['memory'] as { readonly buffer: ArrayBuffer };
    this.#reallocate = exports[name] as Reallocate;
  }

  /** Length of the memory as it is now, in bytes. */
  get memoryLength(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The address of a new block. */
  take(length: number, aligned = alignment): number {
    return this.#reallocate(0, 0, aligned, length) >>> 0;
  }

  /** The address of a block after it was made larger. */
  grow(address: number, length: number, newLength: number): number {
    return this.#reallocate(address, length, alignment, newLength) >>> 0;
  }

  /**
   * The bytes at an address, until the memory grows.
   * @throws RangeError for what is not in the memory.
   */
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, address, length);
  }

  /** The same, for numbers. */
  view(address: number, length: number): DataView {
    return new DataView(this.#memory.buffer, address, length);
  }
}
