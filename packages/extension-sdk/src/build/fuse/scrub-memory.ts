import { constantOf } from '../wasm/constant.ts';
import { core, readCoreModule, writeData, type CoreModule } from '../wasm/core-module.ts';
import { WasmReader } from '../wasm/reader.ts';
import { readSections, writeSections } from '../wasm/sections.ts';
import { number, vector } from '../wasm/writer.ts';
import { blankFreeMemory } from './blank-free-memory.ts';
import { cutData } from './cut-data.ts';

const pageLength = 65_536;

/**
 * A module whose memory starts without what nobody can read any more: a host copies all of the rest into each fresh sandbox. What lies
 * beyond the end of the memory goes as well.
 * @param stack Bytes from 0 on that only the stack is in.
 * @param allocator The export that is `cabi_realloc`, if there is one.
 */
export function scrubMemory(bytes: Uint8Array, stack: number, allocator: string | undefined): Uint8Array {
  const module = readCoreModule(bytes);
  const image = imageOf(module).fill(0, 0, stack);
  const sections = readSections(bytes);
  const write = (of: Uint8Array): Uint8Array => {
    const segments = cutData(module.data, of);
    return writeSections(
      bytes,
      sections.map((section) => {
        if (section.id === core.dataCount)
          return { id: section.id, body: Uint8Array.from(number(segments.length)) };
        return section.id === core.data ? { id: section.id, body: vector(segments.map(writeData)) } : section;
      }),
    );
  };
  return allocator === undefined ? write(image) : blankFreeMemory(image, write, allocator);
}

/** The memory of a fresh instance. */
function imageOf({ memories: [memory], data }: CoreModule): Uint8Array {
  if (memory === undefined) throw new RangeError('The module has no memory.');
  const limits = new WasmReader(memory);
  limits.byte();
  const image = new Uint8Array(limits.number() * pageLength);
  for (const { offset, bytes } of data) {
    if (offset === undefined) continue;
    const from = Math.min(constantOf(offset) >>> 0, image.length);
    image.set(bytes.subarray(0, image.length - from), from);
  }
  return image;
}
