import { instantiateAlone } from '../wasm/instance.ts';

/** `cabi_realloc` of the canonical ABI. */
type Reallocate = (address: number, length: number, alignment: number, newLength: number) => number;

const alignment = 8;

/** The allocator of a module, in an instance of its own. What it answers is not checked; its calls throw when it traps. */
export class Allocator {
  readonly #memory: { readonly buffer: ArrayBuffer };
  readonly #reallocate: Reallocate;

  /**
   * @param name The export that is `cabi_realloc`; the memory is exported as `memory`.
   * @throws Error when the module cannot be instantiated.
   */
  constructor(module: Uint8Array, name: string) {
    const exports = instantiateAlone(module);
    this.#memory = exports['memory'] as { readonly buffer: ArrayBuffer };
    this.#reallocate = exports[name] as Reallocate;
  }

  /** Length of the memory as it is now, in bytes. */
  get memoryLength(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The address of a new block. */
  take(length: number): number {
    return this.#reallocate(0, 0, alignment, length) >>> 0;
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
}
