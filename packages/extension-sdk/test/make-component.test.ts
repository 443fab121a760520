import { expect, test } from 'vitest';
// The package as it is built: making a component needs dist/wit.
import { bundle } from '../dist/build/bundle.js';
import { engineOfTools } from '../dist/build/engine/engine-of-tools.js';
import { makeComponent } from '../dist/build/make-component.js';
import { pageLength, stackLength } from '../src/build/engine/memory-layout.ts';
import { constantOf } from '../src/build/wasm/constant.ts';
import { readCoreModule, type CoreModule } from '../src/build/wasm/core-module.ts';
import { WasmReader } from '../src/build/wasm/reader.ts';
import { component, readSections } from '../src/build/wasm/sections.ts';
import { createExtensionFolder } from './extension-folder.ts';

async function make(moduleCode: string, engine = engineOfTools()): Promise<CoreModule> {
  const folder = await createExtensionFolder();
  try {
    await folder.write(
      `import { createApp } from '@alga/extension-sdk';
       ${moduleCode}
       export default createApp().get('/x', (ctx) => ctx.json({ kept: kept.length }));`,
    );
    const made = await makeComponent(await bundle(folder.root, 'server/index.ts'), engine);
    const [fused] = readSections(made)
      .filter(({ id }) => id === component.nested)
      .flatMap(({ body }) => readSections(body))
      .filter(({ id }) => id === component.module);
    if (fused === undefined) throw new Error('The component has a module.');
    return readCoreModule(fused.body);
  } finally {
    await folder.remove();
  }
}

function pagesOf({ memories: [memory] }: CoreModule): number {
  const limits = new WasmReader(memory ?? new Uint8Array());
  limits.byte();
  return limits.number();
}

function places({ data }: CoreModule): { readonly from: number; readonly to: number }[] {
  return data.flatMap(({ offset, bytes }) => {
    if (offset === undefined || bytes.length === 0) return [];
    const from = constantOf(offset) >>> 0;
    return [{ from, to: from + bytes.length }];
  });
}

test('a small extension starts with 768 KiB, in which nothing is in the stack and a part of the heap is free', async () => {
  const made = await make('const kept: number[] = [];');
  expect(pagesOf(made)).toBe(12);
  const used = places(made);
  expect(Math.min(...used.map(({ from }) => from))).toBeGreaterThanOrEqual(stackLength);
  // The last one is a note of the allocator's, at the end.
  const last = used.filter(({ to }) => to < 12 * pageLength - 64).map(({ to }) => to);
  expect(12 * pageLength - Math.max(...last)).toBeGreaterThan(32 * 1024);
});

test('an extension that keeps more starts with more', async () => {
  const made = await make('const kept = new Uint8Array(700_000).fill(1);');
  expect(pagesOf(made)).toBeGreaterThan(12 + 700_000 / pageLength);
  expect(pagesOf(made)).toBeLessThan(32);
});

test('an extension that keeps more than 4 MiB has the memory that the linker gives', async () => {
  const made = await make('const kept = new Uint8Array(5_000_000).fill(1);');
  expect(pagesOf(made)).toBeGreaterThan((1024 * 1024 + 5_000_000) / pageLength);
});

test('an extension is made as well with tools whose engine is not found', async () => {
  const folder = await createExtensionFolder();
  try {
    await folder.write(
      `import { createApp } from '@alga/extension-sdk'; export default createApp().get('/x', (ctx) => ctx.text('x'));`,
    );
    const source = await bundle(folder.root, 'server/index.ts');
    const [placed, linked] = [
      await makeComponent(source, engineOfTools()),
      await makeComponent(source, undefined),
    ];
    expect(readSections(linked).map(({ id }) => id)).toEqual(readSections(placed).map(({ id }) => id));
    expect(Buffer.from(linked).equals(placed)).toBe(false);
  } finally {
    await folder.remove();
  }
});

test('code that nests deeply loads', async () => {
  const depth = 100;
  const made = await make(
    `const nested = ${'['.repeat(depth)}${']'.repeat(depth)};
     const descend = (calls: number): number => (calls === 0 ? 0 : 1 + descend(calls - 1));
     const kept = [nested, descend(300)];`,
  );
  expect(pagesOf(made)).toBeLessThan(32);
});
