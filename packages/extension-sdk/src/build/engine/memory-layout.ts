export const pageLength = 65_536;

/**
 * Where things lie in the memory of a component that `placeEngine` is for: the stack, the engine's data and the heap, in this order. It
 * is as small as it can be, since a host clears all of it after each request.
 */
export interface MemoryLayout {
  /** What the memory has when a sandbox starts, in pages. */
  readonly pages: number;
}

/** Sizes in pages to try, in turn: few, so that extensions which need about as much have the same code, which a host then keeps once. */
export const memorySizes = [12, 14, 16, 20, 24, 28, 32, 40, 48, 64] as const;

/**
 * The size to begin with, in pages, so that most components need not be made twice: the engine without any code, with what has to be
 * left, takes some 600 KiB, and code some five times the length of its source.
 */
export function likelySize(source: string): number | undefined {
  const bytes = 600 * 1024 + 5 * source.length;
  return memorySizes.find((pages) => pages * pageLength >= bytes);
}

/** The stack that a sandbox starts with, from 0 on, in bytes. The engine's data comes after it. */
export const stackLength = 128 * 1024;

/**
 * What is left of a stack when the next function goes on in the large one, or traps where that is the large one: more than the largest
 * frame, which has 3 KiB, and what most functions take besides.
 */
export const stackReserve = 64 * 1024;

/** The large stack, which is allocated when it is needed: 1 MiB, as linkers give, and the reserve. */
export const largeStackPages = 17;

/** What the heap has to have left when a sandbox starts, in bytes: one that has to grow is slower than one that is larger. */
export const leastRoom = 32 * 1024;

/** Where the linker begins with data, in bytes: it puts a stack of 1 MiB first. */
export const linkerStart = 1024 * 1024;

/** Pages that the memory has at least while a component is made: what the linker writes behind its stack has to fit in. */
const leastPages = linkerStart / pageLength + 1;

/** Pages up to the stack that is used while the component is made, and goes with it. */
function pagesBelowStack({ pages }: MemoryLayout): number {
  return Math.max(leastPages, pages);
}

/** Pages that the memory has while a component is made, provided that the heap does not grow. */
export function pagesWhileMade(layout: MemoryLayout): number {
  return pagesBelowStack(layout) + largeStackPages;
}
