import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
// The package as it is built: making a component needs dist/wit.
import { buildExtension } from '../dist/build/index.js';
import { readElements, readExports, readImports } from '../src/build/core-module.ts';
import { giveRuntimeItsTable } from '../src/build/own-table.ts';
import { WasmReader } from '../src/build/wasm-reader.ts';
import { component, readSections, writeSections } from '../src/build/wasm-sections.ts';
import { constant, number } from '../src/build/wasm-writer.ts';

let root: string;
let built: Uint8Array;

beforeAll(async () => {
  root = await mkdtemp(join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'test-'));
  await mkdir(join(root, 'server'));
  await writeFile(
    join(root, 'server', 'index.ts'),
    `import { createApp } from '@alga/extension-sdk'; export default createApp().get('/x', (ctx) => ctx.text('x'));`,
  );
  built = await readFile((await buildExtension({ root })).file);
});

afterAll(() => rm(root, { recursive: true }));

test('the JavaScript runtime of a component fills its own table, at places that need no instance to be known', () => {
  const runtimes = readSections(built)
    .filter(({ id }) => id === component.nested)
    .flatMap(({ body }) => readSections(body))
    .filter(({ id }) => id === component.module)
    .map(({ body }) => readSections(body))
    .filter((module) => readElements(module).some(({ functions }) => functions.length > 100));
  expect(runtimes).toHaveLength(1);
  const [runtime = []] = runtimes;
  expect(readImports(runtime).filter(({ kind }) => kind === 1)).toEqual([]);
  expect(
    readExports(runtime)
      .filter(({ kind }) => kind === 1)
      .map(({ index }) => index),
  ).toEqual([0]);
  // The second is the allocator, which the runtime is also given by its place in the table.
  expect(readElements(runtime).map(({ offset }) => 'constant' in offset)).toEqual([true, true]);
});

test('a component that is laid out in another way is refused and not changed', () => {
  expect(() => giveRuntimeItsTable(built)).toThrow(RangeError);
  expect(() => giveRuntimeItsTable(built.subarray(0, 8))).toThrow(RangeError);
  expect(() => giveRuntimeItsTable(built.subarray(0, built.length / 2))).toThrow(RangeError);
});

test('sections are written as they were read', () => {
  expect(Buffer.from(writeSections(built, readSections(built))).equals(built)).toBe(true);
});

test.each([0, 1, 63, 64, 127, 128, 8191, 8192, 16_383, 16_384, 2 ** 31 - 1])(
  '%i is read as it was written',
  (value) => {
    expect(new WasmReader(Uint8Array.from(number(value))).number()).toBe(value);
    // Of a signed number the highest bit of the last group is the sign.
    const [instruction, ...rest] = constant(value);
    expect([instruction, rest.pop()]).toEqual([0x41, 0x0b]);
    expect(new WasmReader(Uint8Array.from(rest)).number()).toBe(value);
    expect((rest.at(-1) ?? 0) & 0x40).toBe(0);
  },
);
