import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
// The package as it is built: making a component needs dist/wit.
import { buildExtension } from '../dist/build/index.js';
import { allowedImports } from '../src/build/allowed-imports.ts';
import { linkModules, type Source } from '../src/build/fuse/core-linker.ts';
import { fuseComponent } from '../src/build/fuse/fuse-component.ts';
import { callPlace, lengthenTable, writeFiller } from '../src/build/fuse/host-calls.ts';
import { moduleHeader } from '../src/build/wasm/module-header.ts';
import { roundMemory } from '../src/build/fuse/round-memory.ts';
import { fold } from '../src/build/wasm/constant.ts';
import { core, readCoreModule, type CoreModule } from '../src/build/wasm/core-module.ts';
import { renumber } from '../src/build/wasm/instructions.ts';
import { WasmReader } from '../src/build/wasm/reader.ts';
import { component, readSections, writeSections } from '../src/build/wasm/sections.ts';
import { concat, number, signed, text, vector, type Bytes } from '../src/build/wasm/writer.ts';
import { createExtensionFolder, type ExtensionFolder } from './extension-folder.ts';
import { webAssembly } from './web-assembly.ts';

let folder: ExtensionFolder;
let built: Uint8Array;

beforeAll(async () => {
  folder = await createExtensionFolder();
  await folder.write(
    `import { createApp } from '@alga/extension-sdk'; export default createApp().get('/x', (ctx) => ctx.text('x'));`,
  );
  built = await readFile((await buildExtension(folder)).file);
});

afterAll(() => folder.remove());

test('a component is one core module and what fills its table, and that module is valid', async () => {
  const modules = readSections(built)
    .filter(({ id }) => id === component.nested)
    .flatMap(({ body }) => readSections(body))
    .filter(({ id }) => id === component.module)
    .map(({ body }) => body);
  expect(modules).toHaveLength(2);
  const [fused, filler] = await Promise.all(
    modules.map((module) => webAssembly.compile(Uint8Array.from(module))),
  );
  if (fused === undefined || filler === undefined) throw new Error('There are two.');
  expect(webAssembly.Module.imports(fused)).toEqual([]);
  const { exports } = await webAssembly.instantiate(fused, {});
  expect(exports['memory']).toBeInstanceOf(webAssembly.Memory);

  const imports = webAssembly.Module.imports(filler);
  const functions = imports.filter((each) => each.kind === 'function');
  // Clocks, randomness and waiting, the context and the log: with all of the platform's they were twenty, with the file system sixty.
  expect(functions.length).toBeLessThan(15);
  const host = Object.fromEntries(functions.map((each) => [each.name, () => 0]));
  await webAssembly.instantiate(filler, { '': { ...host, table: exports['table'] } });
});

test('a component has no copies of the source that were freed while it was made', async () => {
  // Once with the function, which can be asked for its source, and not a second and a third time with the whole module.
  await folder.write(
    `import { createApp } from '@alga/extension-sdk';
     const canaryOfTheModule = Math.max(1, 2);
     export default createApp().get('/x', (ctx) => {
       const canaryOfTheHandler = ctx.path + canaryOfTheModule;
       return ctx.text(canaryOfTheHandler);
     });`,
  );
  const component = Buffer.from(await readFile((await buildExtension(folder)).file));
  const count = (words: string): number => component.toString('latin1').split(words).length - 1;
  expect(count('const canaryOfTheModule')).toBe(0);
  expect(count('const canaryOfTheHandler')).toBe(1);
});

test('two extensions have the same code: they differ in what memory and globals hold at first', async () => {
  const other = await createExtensionFolder();
  await other.write(
    `import { createApp, metrics } from '@alga/extension-sdk';
     const words = ['some', 'more', 'of', 'it'];
     export default createApp().get('/y', (ctx) => { metrics.count('y'); return ctx.json({ words, at: Date.now() }); });`,
  );
  const second = await readFile((await buildExtension(other)).file);
  await other.remove();
  const [one, two] = [built, second].map((bytes) => {
    expect(
      readSections(bytes)
        .filter(({ id }) => id === component.custom)
        .map(({ body }) => Buffer.from(body).toString()),
    ).toEqual(['\u0010alga:shared-code']);
    const modules = readSections(bytes)
      .filter(({ id }) => id === component.nested)
      .flatMap(({ body }) => readSections(body))
      .filter(({ id }) => id === component.module)
      .map(({ body }) => readSections(body));
    // The second puts functions into a table: those of the host's APIs that the extension uses.
    return modules
      .slice(0, 1)
      .map((sections) =>
        sections
          .filter(({ id }) => id !== core.data && id !== core.dataCount && id !== core.global)
          .map(({ id, body }) => [id, createHash('sha256').update(body).digest('hex')]),
      );
  });
  expect(one).toEqual(two);
  expect(Buffer.from(built).equals(second)).toBe(false);
});

test.each([
  [
    [0, 26],
    [0, 28],
  ],
  [
    [0, 28],
    [0, 28],
  ],
  [
    [0, 0],
    [0, 0],
  ],
  [
    [1, 26, 64],
    [1, 28, 64],
  ],
  [
    [1, 26, 27],
    [1, 27, 27],
  ],
])('a memory of %j starts with a multiple of four pages, if it may: %j', (before, after) => {
  expect([...roundMemory(Uint8Array.from(before))]).toEqual(after);
});

test('a component that is laid out in another way is refused', () => {
  const all = { allowed: allowedImports, unused: new Set<string>() };
  expect(() => fuseComponent(built, all)).toThrow(RangeError);
  expect(() => fuseComponent(built.subarray(0, 8), all)).toThrow(RangeError);
  expect(() => fuseComponent(built.subarray(0, built.length / 2), all)).toThrow(RangeError);
});

test('sections are written as they were read', () => {
  expect(Buffer.from(writeSections(built, readSections(built))).equals(built)).toBe(true);
});

const i32 = 0x7f;

/** A module of one function without locals, `() -> i32`, which imports what it is told to. */
function module(
  body: Bytes,
  options: {
    readonly imports?: readonly (readonly [module: string, name: string, ...item: number[]])[];
    readonly others?: readonly { readonly id: number; readonly body: Uint8Array }[];
    readonly export: string;
    readonly index: number;
  },
): CoreModule {
  const code = concat([0], body, [0x0b]);
  const sections = [
    { id: core.type, body: vector([[0x60, 0, 1, i32]]) },
    {
      id: core.import,
      body: vector(
        (options.imports ?? []).map(([from, name, ...item]) => concat(text(from), text(name), item)),
      ),
    },
    { id: core.function, body: vector([[0]]) },
    ...(options.others ?? []),
    { id: core.export, body: vector([concat(text(options.export), [0], number(options.index))]) },
    { id: core.code, body: vector([concat(number(code.length), code)]) },
  ];
  return readCoreModule(writeSections(moduleHeader, sections));
}

const memoryAndTable = [
  { id: core.table, body: vector([[0x70, 1, 4, 4]]) },
  { id: core.memory, body: vector([[0, 1]]) },
];

async function run(
  modules: readonly CoreModule[],
  exported: Source,
  isOffered: boolean,
  entries: Parameters<typeof linkModules>[1] = [],
  isGiven = true,
): Promise<number> {
  const { bytes, hostFunctions, firstHostPlace } = linkModules(
    modules.map((each) => ({
      module: each,
      source: ({ module: from, name }): Source =>
        from === 'host' ? { host: name } : { module: Number(from), name },
    })),
    entries,
    new Map([['run', exported]]),
    () => isOffered,
  );
  const { exports } = await webAssembly.instantiate(await webAssembly.compile(Uint8Array.from(bytes)), {});
  const given = hostFunctions.map(({ type }, index) => ({ type, place: firstHostPlace + index }));
  const filler = await webAssembly.compile(Uint8Array.from(writeFiller(isGiven ? given : [])));
  await webAssembly.instantiate(filler, { '': { '0': () => 7, table: exports['table'] } });
  return (exports['run'] as () => number)();
}

// The first gives 5; the second adds that to what the host gives.
const first = module([0x41, 5], { others: memoryAndTable, export: 'five', index: 0 });
const second = module([0x10, 0, 0x10, 1, 0x6a], {
  imports: [
    ['0', 'five', 0, 0],
    ['host', 'seven', 0, 0],
  ],
  export: 'twelve',
  index: 2,
});

test('modules call each other and the host as one', async () => {
  expect(await run([first, second], { module: 1, name: 'twelve' }, true)).toBe(12);
  // A function that a module only passes on.
  const passing = module([0x41, 0], { imports: [['0', 'five', 0, 0]], export: 'passed', index: 0 });
  expect(await run([first, passing], { module: 1, name: 'passed' }, true)).toBe(5);
});

test('a call of what the host does not have is a trap, and all else works', async () => {
  await expect(run([first, second], { module: 1, name: 'twelve' }, false)).rejects.toThrow(
    webAssembly.RuntimeError,
  );
  expect(await run([first, second], { module: 0, name: 'five' }, false)).toBe(5);
});

test('a call of what the host has, but the component does not import, is a trap as well', async () => {
  const calling = run([first, second], { module: 1, name: 'twelve' }, true, [], false);
  await expect(calling).rejects.toThrow(webAssembly.RuntimeError);
});

test('functions are put into the places of a table that they are for', async () => {
  const type = Uint8Array.of(0x60, 0, 1, i32);
  const { bytes, first: added } = lengthenTable(Uint8Array.of(0x70, 0, 4), 6);
  expect(added).toBe(4);
  const places = [4, 5, 8];
  const names = Array.from({ length: 6 }, (_, index) => concat(text(String(4 + index)), [0], number(index)));
  const calls = names.map((_, index) => callPlace(type, 0, added + index));
  const caller = writeSections(moduleHeader, [
    { id: core.type, body: vector([type]) },
    { id: core.function, body: vector(names.map(() => [0])) },
    { id: core.table, body: vector([bytes]) },
    { id: core.export, body: vector([...names, concat(text('table'), [1, 0])]) },
    { id: core.code, body: vector(calls.map((body) => concat(number(body.length), body))) },
  ]);
  const { exports } = await webAssembly.instantiate(await webAssembly.compile(Uint8Array.from(caller)), {});
  const filler = await webAssembly.compile(
    Uint8Array.from(writeFiller(places.map((place) => ({ place, type })))),
  );
  const host = Object.fromEntries(places.map((place, turn) => [String(turn), () => 10 * place]));
  await webAssembly.instantiate(filler, { '': { ...host, table: exports['table'] } });
  const call = (place: number): number => (exports[String(place)] as () => number)();
  expect(places.map(call)).toEqual([40, 50, 80]);
  for (const empty of [6, 7, 9]) expect(() => call(empty)).toThrow(webAssembly.RuntimeError);
});

test.each([
  [
    [0x70, 0, 4],
    [0x70, 0, 130, 1],
  ],
  [
    [0x70, 1, 4, 4],
    [0x70, 1, 130, 1, 130, 1],
  ],
])('a table of %j gets 126 places more: %j', (before, after) => {
  expect(lengthenTable(Uint8Array.from(before), 126)).toEqual({ bytes: Buffer.from(after), first: 4 });
});

test('functions are found in the table by the place that they had', async () => {
  const calling = module([0x41, 3, 0x11, 0, 0], {
    imports: [['0', 'table', 1, 0x70, 1, 4, 4]],
    export: 'calling',
    index: 0,
  });
  const entries = [
    { offset: Uint8Array.of(0x41, 3, 0x0b), functions: [{ module: 0, name: 'five' }] },
  ] as const;
  expect(await run([first, calling], { module: 1, name: 'calling' }, true, entries)).toBe(5);
});

test('modules without a memory and a table that they share are refused', () => {
  expect(() => linkModules([], [], new Map(), () => true)).toThrow(RangeError);
});

test('code with an instruction that is not known is refused', () => {
  const same = (index: number): number => index;
  const to = { type: same, function: same, table: same, global: same, data: same };
  // try, a second memory, atomics, a reference to a struct.
  for (const body of [[0x06], [0x28, 0x42, 1, 0], [0xfe, 0], [0xfb, 0], [0xfc, 18], [0xd0, 0x6b]])
    expect(() => renumber(Uint8Array.from([0, ...body, 0x0b]), to)).toThrow(RangeError);
});

test('constants are folded with the globals that they name', () => {
  const five = Uint8Array.of(0x41, 5, 0x0b);
  expect([...fold(Uint8Array.of(0x23, 0, 0x0b), [five])]).toEqual([...five]);
  expect([...fold(Uint8Array.of(0x23, 0, 0x41, 0x7d, 0x6a, 0x0b), [five])]).toEqual([0x41, 2, 0x0b]);
  expect(() => fold(Uint8Array.of(0x23, 1, 0x0b), [five])).toThrow(RangeError);
});

test.each([0, 1, 63, 64, 127, 128, 8191, 8192, 16_383, 16_384, 2 ** 31 - 1])(
  '%i and its opposite are read as they were written',
  (value) => {
    expect(new WasmReader(Uint8Array.from(number(value))).number()).toBe(value);
    for (const each of [value, -value - 1])
      expect(new WasmReader(Uint8Array.from(signed(each))).signed()).toBe(each);
  },
);
