import { findFreeMemory, type Range } from './free-memory.ts';

/**
 * Where an allocator keeps notes in what is free, in bytes: neighbours in lists and trees at the start, the length at the end. Those
 * of dlmalloc take 24 and 4.
 */
const notes = { start: 32, end: 16 } as const;

/**
 * A memory without what was left in its free parts: sources that were compiled, tables that grew out of their place.
 *
 * What an allocator gives is free, but an allocator of another kind may have notes elsewhere in it. So it is asked again with the blanked
 * memory, and when it gives anything else than before, nothing was blanked.
 * @param write The module with a memory.
 * @param allocator The export that is `cabi_realloc`.
 * @returns The module, with the memory as it was when the allocator does not behave like one.
 */
export function blankFreeMemory(
  image: Uint8Array,
  write: (image: Uint8Array) => Uint8Array,
  allocator: string,
): Uint8Array {
  const module = write(image);
  const before = findFreeMemory(module, allocator);
  if (before === undefined) return module;
  const blanked = write(blank(image, before.ranges));
  const after = findFreeMemory(blanked, allocator);
  const isSame =
    after?.addresses.length === before.addresses.length &&
    after.addresses.every((address, at) => address === before.addresses[at]);
  return isSame ? blanked : module;
}

function blank(image: Uint8Array, ranges: readonly Range[]): Uint8Array {
  const blanked = Uint8Array.from(image);
  for (const { from, to } of ranges)
    if (to - from > notes.start + notes.end) blanked.fill(0, from + notes.start, to - notes.end);
  return blanked;
}
