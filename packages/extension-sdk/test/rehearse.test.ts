import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
// The package as it is built: making a component needs dist/wit.
import { buildExtension } from '../dist/build/index.js';
import { rehearse } from '../src/build/fuse/rehearse.ts';
import { constantOf, writeConstant } from '../src/build/wasm/constant.ts';
import { core, readCoreModule, writeData } from '../src/build/wasm/core-module.ts';
import { instantiateAlone } from '../src/build/wasm/instance.ts';
import { moduleHeader } from '../src/build/wasm/module-header.ts';
import { writeSections } from '../src/build/wasm/sections.ts';
import { concat, number, signed, text, vector, type Bytes } from '../src/build/wasm/writer.ts';
import { rehearsalMethod } from '../src/runtime/rehearsal-method.ts';
import { createExtensionFolder } from './extension-folder.ts';
import { countBy, head, trap } from './tiny-allocator.ts';

const i32 = 0x7f;
const pageLength = 65_536;
const names = { handle: 'handle', tidy: 'tidy', allocator: 'realloc' };
/** Where a handler writes its parameters, and what is called after it its own. */
const [seen, tidied] = [8192, 8000];
/** Of a request: six addresses with lengths, and a variant of three numbers. */
const parameters = 15;

const constant = (value: number): Bytes => [0x41, ...signed(value)];
const storeAt = (address: number, value: Bytes): Bytes => concat(constant(address), value, [0x36, 2, 0]);
const grow: Bytes = concat(constant(1), [0x40, 0, 0x1a]);

/** Writes down its parameters, sets the module's variable to 7, and answers 40. */
const handler = concat(
  ...Array.from({ length: parameters }, (_, index) => storeAt(seen + 4 * index, [0x20, index])),
  concat(constant(7), [0x24, 0]),
  constant(40),
);
/** Writes down the answer that it is given. */
const tidy = storeAt(tidied, [0x20, 0]);

function moduleOf({
  handle = handler,
  after = tidy,
  variable = i32,
}: { handle?: Bytes; after?: Bytes; variable?: number } = {}) {
  const bodies = [countBy(256), handle, after].map((code) => concat([0], code, [0x0b]));
  const zero = variable === i32 ? writeConstant(0) : [0x42, 0, 0x0b];
  return writeSections(moduleHeader, [
    {
      id: core.type,
      body: vector([
        [0x60, 4, i32, i32, i32, i32, 1, i32],
        [0x60, parameters, ...Array.from({ length: parameters }, () => i32), 1, i32],
        [0x60, 1, i32, 0],
      ]),
    },
    { id: core.function, body: vector([[0], [1], [2]]) },
    { id: core.memory, body: vector([[0, 1]]) },
    { id: core.global, body: vector([concat([variable, 1], zero), concat([i32, 0], writeConstant(3))]) },
    {
      id: core.export,
      body: vector([
        ...['realloc', 'handle', 'tidy'].map((name, index) => concat(text(name), [0, index])),
        concat(text('memory'), [2, 0]),
      ]),
    },
    { id: core.dataCount, body: Uint8Array.of(1) },
    { id: core.code, body: vector(bodies.map((body) => concat(number(body.length), body))) },
    {
      id: core.data,
      body: vector([writeData({ offset: writeConstant(head), bytes: Uint8Array.of(0, 64, 0, 0) })]),
    },
  ]);
}

function memoryOf(module: Uint8Array): Buffer {
  return Buffer.from((instantiateAlone(module)['memory'] as { readonly buffer: ArrayBuffer }).buffer);
}

test('a module begins with what a request left in its memory and its variables', () => {
  const rehearsed = rehearse(moduleOf(), names);
  const memory = memoryOf(rehearsed);
  expect(memory).toHaveLength(pageLength);
  expect(memory.readUInt32LE(tidied)).toBe(40);
  expect(readCoreModule(rehearsed).globals.map(({ value }) => constantOf(value))).toEqual([7, 3]);
});

test('the request is a rehearsal with a parameter, a query, a header and a body', () => {
  const memory = memoryOf(rehearse(moduleOf(), names));
  const word = (at: number): number => memory.readUInt32LE(at);
  const string = (at: number): string => memory.toString('utf8', word(at), word(at) + word(at + 4));
  const pairs = (at: number): string[][] =>
    Array.from({ length: word(at + 4) }, (_, index) => {
      const pair = word(at) + 16 * index;
      return [string(pair), string(pair + 8)];
    });
  expect([string(seen), string(seen + 8), string(seen + 16)]).toEqual([rehearsalMethod, '/name', '/:name']);
  expect(pairs(seen + 24)).toEqual([['name', 'name']]);
  expect(pairs(seen + 32)).toEqual([['q', 'q']]);
  expect(pairs(seen + 40)).toEqual([['accept', 'application/json']]);
  expect([word(seen + 48), string(seen + 52)]).toEqual([1, '{}']);
});

test.each([
  ['handler traps', { handle: trap }],
  ['handler needs more memory', { handle: concat(grow, handler) }],
  ['code after it traps', { after: trap }],
  ['variable is not one of 32 bits', { handle: constant(40), variable: 0x7e }],
])('a module whose %s stays as it was', (_, options) => {
  const module = moduleOf(options);
  expect(rehearse(module, names)).toBe(module);
});

test('no handler of the extension runs while its component is made', async () => {
  const folder = await createExtensionFolder();
  try {
    const ran = `globalThis.ran = ['canary', 2 + 3].join('-');`;
    const built = async (source: string): Promise<string> => {
      await folder.write(source);
      return (await readFile((await buildExtension(folder)).file)).toString('latin1');
    };
    expect(await built(`${ran} export default { fetch: () => new Response() };`)).toContain('canary-5');
    expect(await built(`export default { fetch() { ${ran} return new Response(); } };`)).not.toContain(
      'canary-5',
    );
    const sdk = `import { createApp } from '@alga/extension-sdk';`;
    expect(
      await built(
        `${sdk} export default createApp().get('/:name', (ctx) => { ${ran} return ctx.empty(); });`,
      ),
    ).not.toContain('canary-5');
  } finally {
    await folder.remove();
  }
});
