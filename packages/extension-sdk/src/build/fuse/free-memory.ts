import { instantiateAlone } from '../wasm/instance.ts';
import { Allocator } from './allocator.ts';

/** A part of a memory: addresses, `to` not included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface FreeMemory {
  /** What nobody has, in order. */
  readonly ranges: readonly Range[];
  /** All addresses that the allocator gave, in turn: others mean that it took the memory for another one. */
  readonly addresses: readonly number[];
}

interface Block {
  readonly address: number;
  readonly length: number;
}

/** Length of the smallest block that is asked for. */
const smallest = 60;
/** What lies between two blocks that were one before: the allocator's note of the second one's length. */
const note = 4;
/** What blocks are made larger by at the end. */
const growth = 64;

/**
 * What of a module's memory is free, which its allocator tells: it gives it away when it is asked again and again. Nothing
 * else of the module runs.
 *
 * Large blocks are asked for first, so that few calls do, and what is left of a free part goes with the next smaller ones. A
 * block beyond the end of the memory means that there is none of that length in it.
 * @param allocator The export that is `cabi_realloc`.
 * @returns undefined when the allocator traps, or gives what it cannot have.
 */
export function findFreeMemory(module: Uint8Array, allocator: string): FreeMemory | undefined {
  try {
    const asked = new Allocator(instantiateAlone(module), allocator);
    const end = asked.memoryLength;
    const blocks = takeAll(asked, end);
    if (blocks === undefined) return undefined;
    const moved = growAll(asked, blocks);
    if (moved === undefined) return undefined;
    return {
      ranges: rangesOf(blocks, end),
      addresses: [...blocks.map(({ address }) => address), ...moved],
    };
  } catch {
    return undefined;
  }
}

/** All that the allocator gives; undefined when that is more than there can be. */
function takeAll(allocator: Allocator, end: number): Block[] | undefined {
  const blocks: Block[] = [];
  // More do not fit, so that an allocator which never comes to the end of the memory does not go on for ever.
  const most = end / smallest;
  for (let length = lengthNear(end); length >= smallest; length = lengthNear(length * 0.75)) {
    for (let address = 0; address + length <= end;) {
      address = allocator.take(length);
      if (blocks.push({ address, length }) > most) return undefined;
    }
  }
  return blocks;
}

/** At most `length`, and such that 16 bytes are left after no block of an allocator which aligns to 16 and has a note before each. */
function lengthNear(length: number): number {
  return Math.floor((length + note) / 16) * 16 - note;
}

/**
 * Fills all blocks, makes them larger, and looks whether each still holds what was put into it, as no blocks do that overlap. Gives
 * their addresses after that.
 */
function growAll(allocator: Allocator, blocks: readonly Block[]): number[] | undefined {
  const mark = (index: number): number => (index % 255) + 1;
  for (const [index, { address, length }] of blocks.entries())
    allocator.bytes(address, length).fill(mark(index));
  const moved: number[] = [];
  for (const [index, { address, length }] of blocks.entries()) {
    const now = allocator.grow(address, length, length + growth);
    if (!Buffer.alloc(length, mark(index)).equals(allocator.bytes(now, length))) return undefined;
    moved.push(now);
  }
  return moved;
}

function rangesOf(blocks: readonly Block[], end: number): Range[] {
  const ranges: { from: number; to: number }[] = [];
  for (const { address, length } of blocks.toSorted((one, other) => one.address - other.address)) {
    if (address >= end) break;
    const last = ranges.at(-1);
    const to = Math.min(address + length, end);
    if (last !== undefined && address - last.to <= note) last.to = to;
    else ranges.push({ from: address, to });
  }
  return ranges;
}
