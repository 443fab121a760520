import { expect, test } from 'vitest';
import { findFreeMemory } from '../src/build/fuse/free-memory.ts';
import { scrubMemory } from '../src/build/fuse/scrub-memory.ts';
import { instantiateAlone } from '../src/build/wasm/instance.ts';
import type { Bytes } from '../src/build/wasm/writer.ts';
import { random } from './random.ts';
import {
  always,
  callHost,
  countBy,
  firstFit,
  growOr,
  head,
  memoryLength,
  moduleOf,
  trap,
} from './tiny-allocator.ts';

interface Chunk {
  readonly address: number;
  readonly length: number;
}

interface Heap {
  readonly image: Uint8Array;
  readonly free: readonly Chunk[];
}

/** A heap as it is after some use: no byte of it is zero that need not be, and every other block is free, or several in a row are not. */
function anyHeap(seed: number, nextAt = 0): Heap {
  const next = random(seed);
  const image = new Uint8Array(memoryLength);
  const view = new DataView(image.buffer);
  const free: Chunk[] = [];
  let isAfterFree = false;
  for (let address = 2064; ;) {
    const length = 16 * (4 + next(next(6) === 0 ? 400 : 40)) - 4;
    if (address + length > 100_000) break;
    for (let at = address; at < address + length; at++) image[at] = 1 + next(255);
    view.setUint32(address - 4, length, true);
    isAfterFree = !isAfterFree && next(2) === 0;
    if (isAfterFree) free.push({ address, length });
    address += length + 4;
  }
  let before = head - nextAt;
  for (const { address } of shuffled(free, next)) {
    view.setUint32(before + nextAt, address, true);
    before = address;
  }
  view.setUint32(before + nextAt, 0, true);
  return { image, free };
}

function shuffled<T>(items: readonly T[], next: (limit: number) => number): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(next(left.length), 1));
}

function memoryOf(module: Uint8Array): Uint8Array {
  return new Uint8Array((instantiateAlone(module)['memory'] as { readonly buffer: ArrayBuffer }).buffer);
}

function scrubbed(code: Bytes, image: Uint8Array, stack = 0): Uint8Array {
  return memoryOf(scrubMemory(moduleOf(code, image), stack, 'realloc'));
}

function expectSame(actual: Uint8Array, expected: Uint8Array, why: string): void {
  expect(Buffer.from(actual).equals(expected), why).toBe(true);
}

test('what is free is blank but for what the allocator notes in it, and nothing else changes, in any heap', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const { image, free } = anyHeap(seed);
    const after = scrubbed(firstFit(), image);
    const expected = Uint8Array.from(after);
    for (const { address, length } of free) {
      // The allocator gives up to 63 bytes more than it was asked for.
      const sure = after.subarray(address + 32, address + length - 16 - 64);
      expect(
        sure.every((byte) => byte === 0),
        `seed ${seed}`,
      ).toBe(true);
      const blank = { from: address + 32, to: address + length - 16 };
      expected.set(image.subarray(blank.from, blank.to), blank.from);
    }
    expectSame(expected, image, `seed ${seed}`);
  }
});

test('a module works with a memory that was blanked as with the one before', () => {
  const { image } = anyHeap(7);
  const [before, after] = [image, scrubbed(firstFit(), image)].map((memory) =>
    findFreeMemory(moduleOf(firstFit(), memory), 'realloc'),
  );
  expect(before?.addresses.length).toBeGreaterThan(50);
  expect(after).toEqual(before);
});

test('the dead part of the stack is blank, whatever the allocator is', () => {
  const image = new Uint8Array(memoryLength).fill(1);
  for (const allocator of ['realloc', undefined]) {
    const after = memoryOf(scrubMemory(moduleOf(trap, image), 512, allocator));
    expectSame(after.subarray(0, 512), new Uint8Array(512), 'The stack.');
    expectSame(after.subarray(512), image.subarray(512), 'The rest.');
  }
});

test('a memory that its allocator has whole notes in where it would be blank stays as it was', () => {
  const { image } = anyHeap(3, 40);
  expect(findFreeMemory(moduleOf(firstFit({ nextAt: 40 }), image), 'realloc')?.ranges.length).toBeGreaterThan(
    10,
  );
  expectSame(scrubbed(firstFit({ nextAt: 40 }), image), image, 'The list of free blocks was lost.');
});

test.each<[string, Bytes]>([
  ['gives addresses outside of the memory', always(-16)],
  ['gives no address', always(0)],
  ['traps', trap],
  ['calls the host', callHost],
  ['gives the same block again and again', growOr(always(4096))],
  ['gives blocks that overlap', growOr(countBy(8))],
  ['loses what is in a block that grows', firstFit({ copies: false })],
])('an allocator that %s changes nothing', (_, code) => {
  const { image } = anyHeap(5);
  expectSame(scrubbed(code, image), image, 'The memory was changed.');
});

test('without an export of the name nothing changes', () => {
  const { image } = anyHeap(5);
  expectSame(memoryOf(scrubMemory(moduleOf(firstFit(), image), 0, 'free')), image, 'It was.');
});
