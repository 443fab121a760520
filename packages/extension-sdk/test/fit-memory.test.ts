import { expect, test } from 'vitest';
import { leastRoom, pageLength, pagesWhileMade, stackLength } from '../src/build/engine/memory-layout.ts';
import { checkRoom, cutMemory, NoRoomError, withSmallStack } from '../src/build/fuse/fit-memory.ts';
import { moduleHeader } from '../src/build/wasm/module-header.ts';
import { constantOf, writeConstant } from '../src/build/wasm/constant.ts';
import { core, kind, readCoreModule, writeData } from '../src/build/wasm/core-module.ts';
import { writeSections } from '../src/build/wasm/sections.ts';
import { concat, number, vector } from '../src/build/wasm/writer.ts';

const layout = { pages: 12 };
const end = layout.pages * pageLength;

function moduleWith(...used: (readonly [from: number, to: number])[]): Uint8Array {
  const data = used.map(([from, to]) =>
    writeData({ offset: writeConstant(from), bytes: new Uint8Array(to - from).fill(1) }),
  );
  return writeSections(moduleHeader, [
    { id: core.memory, body: vector([[0, layout.pages]]) },
    { id: core.data, body: vector(data) },
  ]);
}

function pagesNeeded(attempt: () => unknown): number | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof NoRoomError) return error.pages;
    throw error;
  }
}

test('the memory is cut to what it was made for', () => {
  expect([...cutMemory(concat([0], number(pagesWhileMade(layout))), layout)]).toEqual([0, 12]);
});

test('a heap that grew needs as much more', () => {
  expect(pagesNeeded(() => cutMemory(concat([0], number(pagesWhileMade(layout) + 5)), layout))).toBe(17);
});

test.each([
  ['nothing is used', [], undefined],
  ['enough is left', [[stackLength, end - 64 - leastRoom]], undefined],
  ['only the note of the allocator is at the end', [[end - 48, end - 44]], undefined],
  ['a byte too little is left', [[stackLength, end - 64 - leastRoom + 1]], 13],
  ['it is full', [[stackLength, end]], 13],
])('whether there is room when %s', (_, used, needed) => {
  expect(
    pagesNeeded(() => {
      checkRoom(moduleWith(...(used as [number, number][])), layout);
    }),
  ).toBe(needed);
});

test('a sandbox starts with the small stack', () => {
  const module = {
    ...readCoreModule(moduleWith()),
    globals: [7, 8].map((value) => ({ type: Uint8Array.of(0x7f, 1), value: writeConstant(value) })),
    exports: [{ name: '__stack_pointer', kind: kind.global, index: 1 }],
  };
  expect(withSmallStack(module).globals.map(({ value }) => constantOf(value))).toEqual([7, stackLength]);
  expect(() => withSmallStack({ ...module, exports: [] })).toThrow(RangeError);
});
