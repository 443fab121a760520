import { describe, expect, it } from 'vitest';
import { joinData } from '../src/build/fuse/join-data.ts';
import { constantOf } from '../src/build/wasm/constant.ts';
import type { DataSegment } from '../src/build/wasm/core-module.ts';
import { concat, signed } from '../src/build/wasm/writer.ts';
import { random } from './random.ts';

const memoryLength = 20_000;

function segment(from: number, bytes: readonly number[]): DataSegment {
  return { offset: concat([0x41], signed(from), [0x0b]), bytes: Uint8Array.from(bytes) };
}

function passive(bytes: readonly number[]): DataSegment {
  return { offset: undefined, bytes: Uint8Array.from(bytes) };
}

/** A memory as it is after the segments were put into it in turn. */
function memoryOf(segments: readonly DataSegment[]): string {
  const memory = new Uint8Array(memoryLength);
  for (const { offset, bytes } of segments) if (offset !== undefined) memory.set(bytes, constantOf(offset));
  return Buffer.from(memory).toString('base64');
}

function anySegments(seed: number, overlapping: boolean): DataSegment[] {
  const next = random(seed);
  const segments: DataSegment[] = [];
  let at = next(3000);
  while (at < memoryLength - 500) {
    const bytes = Array.from({ length: next(300) }, () => next(256));
    segments.push(next(8) === 0 ? passive(bytes) : segment(at, bytes));
    at += bytes.length + next(next(2) === 0 ? 16 : 3000) - (overlapping ? next(40) : 0);
    at = Math.max(at, 0);
  }
  for (let left = segments.length; left > 1; left--) segments.push(...segments.splice(next(left), 1));
  return segments;
}

describe('joining data segments', () => {
  it('makes one of what lies close together, with zeros between', () => {
    const { segments, indexOf } = joinData([segment(8, [1, 2]), segment(12, [3]), segment(5000, [4])]);
    expect(segments.map(({ bytes }) => [...bytes])).toEqual([[1, 2, 0, 0, 3], [4]]);
    expect([0, 1, 2].map(indexOf)).toEqual([0, 0, 1]);
  });

  it('leaves segments that code puts into the memory as they are, and first, so that their indices do not depend on the others', () => {
    const { segments, indexOf } = joinData([passive([9]), segment(0, [1]), passive([8, 8]), segment(1, [2])]);
    expect(segments.map(({ offset, bytes }) => [offset === undefined, ...bytes])).toEqual([
      [true, 9],
      [true, 8, 8],
      [false, 1, 2],
    ]);
    expect([0, 1, 2, 3].map(indexOf)).toEqual([0, 2, 1, 2]);
  });

  it('changes nothing where segments overlap, since the later one counts', () => {
    const overlapping = [segment(0, [1, 1]), segment(1, [2])];
    const { segments, indexOf } = joinData(overlapping);
    expect(segments).toBe(overlapping);
    expect([0, 1].map(indexOf)).toEqual([0, 1]);
  });

  it.each([false, true])('gives the same memory for any segments (overlapping: %s)', (overlapping) => {
    for (let seed = 1; seed <= 300; seed++) {
      const before = anySegments(seed, overlapping);
      const { segments, indexOf } = joinData(before);
      expect(memoryOf(segments), `seed ${seed}`).toBe(memoryOf(before));
      expect(segments.length).toBeLessThanOrEqual(before.length);
      for (const [index, { offset, bytes }] of before.entries())
        if (offset === undefined) expect(segments[indexOf(index)]).toEqual({ offset, bytes });
    }
  });
});
