import { WasmReader } from '../wasm/reader.ts';
import { concat, number } from '../wasm/writer.ts';

/** Pages of 64 KiB of which a memory's first size is a multiple. */
const step = 4;

/**
 * A memory that starts a little larger, so that extensions which need about as much memory have the same code: a host compiles
 * and keeps code once for all that share it. What is added is there to be allocated, as if it had been asked for.
 *
 * @param memory Limits, as in the binary.
 */
export function roundMemory(memory: Uint8Array): Uint8Array {
  const reader = new WasmReader(memory);
  const hasMaximum = reader.byte() === 1;
  const pages = Math.ceil(reader.number() / step) * step;
  if (!hasMaximum) return concat([0], number(pages));
  const maximum = reader.number();
  return concat([1], number(Math.min(pages, maximum)), number(maximum));
}
