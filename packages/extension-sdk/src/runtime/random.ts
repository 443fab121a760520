import { host } from './bindings.ts';

const maxBytes = 65_536;

/** `length` random bytes of the host's secure generator. */
export function randomBytes(length: number): Uint8Array {
  return host().random.getRandomBytes(length);
}

/** As in the Web Crypto API. @throws RangeError for more than 65,536 bytes. */
export function getRandomValues<T extends ArrayBufferView>(array: T): T {
  if (array.byteLength > maxBytes) {
    throw new RangeError(`getRandomValues fills at most ${maxBytes} bytes, not ${array.byteLength}.`);
  }
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(randomBytes(array.byteLength));
  return array;
}

/** A random UUID, version 4. */
export function randomUUID(): `${string}-${string}-${string}-${string}-${string}` {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * A replacement for `Math.random`, whose own state is part of the snapshot and so equal in every instance.
 * Seeded when first used in an invocation, so that a request without randomness does not pay for it.
 */
export class InvocationRandom {
  #state: Uint32Array | undefined;

  /** Forget the seed: another invocation starts. */
  reset(): void {
    this.#state = undefined;
  }

  /** 53 random bits in [0, 1). Not for secrets. */
  readonly next = (): number => {
    const state = (this.#state ??= new Uint32Array(randomBytes(16).slice().buffer));
    return ((sfc32(state) >>> 5) * 0x4000000 + (sfc32(state) >>> 6)) / 0x20000000000000;
  };
}

/** The source of `Math.random`. */
export const invocationRandom = new InvocationRandom();

/** One step of the "small fast counter" generator. */
function sfc32(state: Uint32Array): number {
  const [a = 0, b = 0, c = 0, counter = 0] = state;
  const result = (a + b + counter) | 0;
  state[3] = counter + 1;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + result;
  return result;
}
