import { constantOf } from '../wasm/constant.ts';
import type { DataSegment } from '../wasm/core-module.ts';

export interface JoinedData {
  readonly segments: readonly DataSegment[];
  /** The new index of a segment: of one that was joined, that of the segment it is in. */
  readonly indexOf: (segment: number) => number;
}

/** Most zeros that are written between two segments instead of beginning another one, in bytes. */
export const maxGap = 1024;

interface Placed {
  readonly from: number;
  readonly bytes: Uint8Array;
  readonly index: number;
}

/**
 * Segments that lie close together in one memory, made one.
 *
 * A snapshot of a memory is made of thousands of them, one for each run that is not zero. A host that fills the memory
 * of each fresh sandbox pays for each segment, and more for ten thousand small ones than for the bytes themselves.
 *
 * @param segments Those of a memory that is zero before: their offsets are constants of one instruction.
 * @returns The same segments when some overlap, since then their order matters.
 */
export function joinData(segments: readonly DataSegment[]): JoinedData {
  const placed = segments
    .flatMap(({ offset, bytes }, index): Placed[] =>
      offset === undefined ? [] : [{ from: constantOf(offset) >>> 0, bytes, index }],
    )
    .sort((one, other) => one.from - other.from);
  if (placed.some((each, at) => each.from < endOf(placed[at - 1])))
    return { segments, indexOf: (index) => index };

  // Passive ones come first: code names them by their index, and it stays the same however many there are of the others.
  const places = new Map<number, number>();
  const joined: DataSegment[] = [];
  for (const [index, segment] of segments.entries())
    if (segment.offset === undefined) places.set(index, joined.push(segment) - 1);
  for (const group of groups(placed)) {
    for (const { index } of group) places.set(index, joined.length);
    joined.push({ offset: segments[group[0].index]?.offset, bytes: fill(group) });
  }
  return { segments: joined, indexOf: (index) => places.get(index) ?? index };
}

type Group = [Placed, ...Placed[]];

function groups(placed: readonly Placed[]): Group[] {
  const found: Group[] = [];
  for (const each of placed) {
    const last = found.at(-1);
    if (last !== undefined && each.from - endOf(last.at(-1)) <= maxGap) last.push(each);
    else found.push([each]);
  }
  return found;
}

function fill(group: Group): Uint8Array {
  const [{ from }] = group;
  const bytes = new Uint8Array(endOf(group.at(-1)) - from);
  for (const each of group) bytes.set(each.bytes, each.from - from);
  return bytes;
}

function endOf(placed: Placed | undefined): number {
  return placed === undefined ? 0 : placed.from + placed.bytes.length;
}
