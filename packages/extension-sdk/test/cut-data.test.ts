import { expect, test } from 'vitest';
import { cutData } from '../src/build/fuse/cut-data.ts';
import { maxGap } from '../src/build/fuse/join-data.ts';
import { constantOf, writeConstant } from '../src/build/wasm/constant.ts';
import type { DataSegment } from '../src/build/wasm/core-module.ts';
import { random } from './random.ts';

const passive: DataSegment = { offset: undefined, bytes: Uint8Array.of(9) };

function active(from: number, length: number): DataSegment {
  return { offset: writeConstant(from), bytes: new Uint8Array(length).fill(1) };
}

function image(length: number, ...segments: readonly DataSegment[]): Uint8Array {
  const memory = new Uint8Array(length);
  for (const { offset, bytes } of segments) if (offset !== undefined) memory.set(bytes, constantOf(offset));
  return memory;
}

function placesOf(segments: readonly DataSegment[]): (readonly [number | undefined, number])[] {
  return segments.map(({ offset, bytes }) => [offset && constantOf(offset), bytes.length]);
}

test('a run of zeros is left out from the length on at which segments are not joined', () => {
  const whole = active(0, 5000);
  const memory = image(5000, whole);
  memory.fill(0, 100, 100 + maxGap);
  expect(placesOf(cutData([whole], memory))).toEqual([[0, 5000]]);
  memory.fill(0, 100, 101 + maxGap);
  expect(placesOf(cutData([whole], memory))).toEqual([
    [0, 128],
    [1088, 5000 - 1088],
  ]);
});

test('segments that code puts into the memory stay first, and there are never fewer segments', () => {
  expect(placesOf(cutData([active(0, 8), passive, active(9000, 8)], image(20_000, active(40, 3))))).toEqual([
    [undefined, 1],
    [0, 64],
    [0, 0],
  ]);
});

test('zeros at the start and the end of a memory are in no segment', () => {
  expect(placesOf(cutData([], image(65_536)))).toEqual([]);
  expect(placesOf(cutData([], image(65_536, active(65_535, 1))))).toEqual([[65_472, 64]]);
});

test('any memory is filled as before, by segments that begin with a line of the cache', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const next = random(seed);
    const memory = new Uint8Array(30_000);
    for (let at = next(2000); at < memory.length; at += next(next(3) === 0 ? 2500 : 40))
      memory[at] = next(256);
    const cut = cutData([], memory);
    expect(Buffer.from(image(memory.length, ...cut)).equals(memory), `seed ${seed}`).toBe(true);
    for (const [index, [from]] of placesOf(cut).entries()) {
      const [before, length] = placesOf(cut)[index - 1] ?? [-maxGap - 1, 0];
      expect((from ?? 0) - (before ?? 0) - length, `seed ${seed}`).toBeGreaterThan(maxGap - 2 * 64);
      expect((from ?? 0) % 64, `seed ${seed}`).toBe(0);
    }
  }
});
