import { expect, test } from 'vitest';
import {
  moreStack,
  placeBlock,
  withPlacedBlocks,
  withStackCheck,
} from '../src/build/engine/growing-stack.ts';
import { largeStackPages, pageLength, stackLength, stackReserve } from '../src/build/engine/memory-layout.ts';
import { moduleHeader } from '../src/build/wasm/module-header.ts';
import { code } from '../src/build/wasm/code.ts';
import { writeConstant } from '../src/build/wasm/constant.ts';
import { core } from '../src/build/wasm/core-module.ts';
import { instantiateAlone } from '../src/build/wasm/instance.ts';
import { writeSections } from '../src/build/wasm/sections.ts';
import { concat, number, text, vector, type Bytes } from '../src/build/wasm/writer.ts';

const stack = { pointer: 0, limit: 1, large: 2 };
const frame = 1024;
/** The memory that comes after the stack, which nothing may write to. */
const others = 2 * pageLength;

interface Guest {
  /** Calls itself as many times, with a frame of 1 KiB each; the number of frames that were not as they were left. */
  descend(calls: number): number;
  /** Takes a block of the stack, calls the function above, and gives what that gives, and how many ends of the block were not as they were left. */
  take(length: number, calls: number): number;
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly pointer: { readonly value: number };
}

const get = (local: number): Bytes => [0x20, local];
const set = (local: number): Bytes => [0x21, local];
const load: Bytes = [0x28, 2, 0];
const store: Bytes = [0x36, 2, 0];

/** `descend` as a compiler makes it: it takes the frame from the pointer, finds it by a local, and gives it back from that. */
function descend(): Uint8Array {
  const [calls, own, wrong] = [0, 1, 2];
  return concat(
    vector([[2, 0x7f]]),
    concat(code.getGlobal(stack.pointer), code.i32(frame), code.subtract, set(own)),
    concat(get(own), code.setGlobal(stack.pointer)),
    // Its first and its last word.
    concat(get(own), get(calls), store, get(own), code.i32(frame - 4), code.add, get(calls), store),
    concat(
      get(calls),
      [0x04, 0x40],
      get(calls),
      code.i32(1),
      code.subtract,
      code.call(0),
      set(wrong),
      [0x0b],
    ),
    concat(get(wrong), get(own), load, get(calls), [0x47], code.add),
    concat(get(own), code.i32(frame - 4), code.add, load, get(calls), [0x47], code.add),
    concat(get(own), code.i32(frame), code.add, code.setGlobal(stack.pointer)),
    [0x0b],
  );
}

/** `take` as clang makes it of a function with a block of a length that is not known before. */
function take(): Uint8Array {
  const [length, calls, own, block, wrong] = [0, 1, 2, 3, 4];
  const last = concat(get(block), get(length), code.add, code.i32(4), code.subtract);
  return concat(
    vector([[3, 0x7f]]),
    concat(code.getGlobal(stack.pointer), code.i32(16), code.subtract, set(own)),
    concat(get(own), code.setGlobal(stack.pointer)),
    concat(get(own), get(length), code.i32(15), code.add, code.i32(-16), [0x71, 0x6b, 0x22, block]),
    code.setGlobal(stack.pointer),
    concat(get(block), get(length), store, last, get(length), store),
    concat(get(calls), code.call(0), set(wrong)),
    concat(get(wrong), get(block), load, get(length), [0x47], code.add),
    concat(last, load, get(length), [0x47], code.add),
    concat(get(own), code.i32(16), code.add, code.setGlobal(stack.pointer)),
    [0x0b],
  );
}

function start(mostPages = 1000): Guest {
  const global = (value: number): Bytes => concat([0x7f, 1], writeConstant(value));
  const bodies = [
    withStackCheck(descend(), stack, 1),
    moreStack(stack),
    withStackCheck(withPlacedBlocks(take(), stack, 3), stack, 1),
    placeBlock(stack),
  ];
  const [one, two] = [[[0x7f]], [[0x7f], [0x7f]]];
  const pages = (stackLength + others) / pageLength;
  const module = writeSections(moduleHeader, [
    {
      id: core.type,
      body: vector([
        concat([0x60], vector(one), vector(one)),
        [0x60, 0, 0],
        concat([0x60], vector(two), vector(one)),
      ]),
    },
    { id: core.function, body: vector([[0], [1], [2], [0]]) },
    { id: core.memory, body: vector([concat([1], number(pages), number(mostPages))]) },
    { id: core.global, body: vector([global(stackLength), global(2 ** 30), global(0)]) },
    {
      id: core.export,
      body: vector([
        concat(text('descend'), [0, 0]),
        concat(text('take'), [0, 2]),
        concat(text('memory'), [2, 0]),
        concat(text('pointer'), [3, 0]),
      ]),
    },
    { id: core.code, body: vector(bodies.map((body) => concat(number(body.length), body))) },
  ]);
  const guest = instantiateAlone(module) as unknown as Guest;
  new Uint8Array(guest.memory.buffer).fill(0xaa, stackLength);
  return guest;
}

const pagesOf = (guest: Guest): number => guest.memory.buffer.byteLength / pageLength;

function expectOthersAsTheyWere(guest: Guest): void {
  const after = Buffer.from(guest.memory.buffer, stackLength, others);
  expect(after.equals(Buffer.alloc(others, 0xaa))).toBe(true);
}

test('a few calls have room in the first stack', () => {
  const guest = start();
  const before = pagesOf(guest);
  expect(guest.descend(stackReserve / frame - 2)).toBe(0);
  expect(pagesOf(guest)).toBe(before);
});

test.each([65, 127, 128, 129, 500, 1000, 1080])('%i calls have frames of their own', (calls) => {
  const guest = start();
  const before = pagesOf(guest);
  expect(guest.descend(calls)).toBe(0);
  expect(pagesOf(guest)).toBe(before + largeStackPages);
  expect(guest.pointer.value).toBe(stackLength);
  expectOthersAsTheyWere(guest);
});

test('the large stack is made once, and used by all calls that need it', () => {
  const guest = start();
  const before = pagesOf(guest);
  for (const calls of [3, 700, 3, 100, 1000, 64, 900]) {
    expect(guest.descend(calls)).toBe(0);
    expect(guest.pointer.value).toBe(stackLength);
  }
  expect(pagesOf(guest)).toBe(before + largeStackPages);
  expectOthersAsTheyWere(guest);
});

test('a guest that uses up the large stack is trapped before it writes to anything else', () => {
  const guest = start();
  expect(() => guest.descend(1200)).toThrow(/unreachable/);
  expectOthersAsTheyWere(guest);
});

test('a guest that gets no memory for the large stack is trapped', () => {
  const guest = start((stackLength + others) / pageLength + largeStackPages - 1);
  expect(guest.descend(10)).toBe(0);
  expect(() => guest.descend(500)).toThrow(/unreachable/);
  expectOthersAsTheyWere(guest);
});

test.each([
  [16, 3],
  [40_000, 3],
  [40_000, 300],
  [110_000, 3],
  [140_000, 3],
  [140_000, 800],
  [500_000, 400],
  [1_000_000, 3],
])('a block of %i bytes and %i calls have places of their own', (length, calls) => {
  const guest = start();
  for (const each of [calls, 0, calls]) {
    expect(guest.take(length, each)).toBe(0);
    expect(guest.pointer.value).toBe(stackLength);
    expect(guest.descend(5)).toBe(0);
  }
  expectOthersAsTheyWere(guest);
});

test.each([
  [1_100_000, 0],
  [2 ** 31 - 16, 0],
  [1_000_000, 200],
  [600_000, 700],
])('a block of %i bytes and %i calls are trapped before they write to anything else', (length, calls) => {
  const guest = start();
  expect(() => guest.take(length, calls)).toThrow(/unreachable/);
  expectOthersAsTheyWere(guest);
});
