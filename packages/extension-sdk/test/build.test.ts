import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
// The package as it is built: making a component needs dist/wit.
import { allowedImports, BuildError, buildExtension, readComponentNames } from '../dist/build/index.js';
import { bundle } from '../dist/build/bundle.js';
import { main } from '../dist/build/cli.js';
import { formatStamp, hashOf, isFresh } from '../dist/build/stamp.js';
import { createExtensionFolder, type ExtensionFolder } from './extension-folder.ts';

let root: string;

let folder: ExtensionFolder;

beforeEach(async () => {
  folder = await createExtensionFolder();
  root = folder.root;
});

afterEach(() => folder.remove());

const write = (source: string): Promise<void> => folder.write(source);

function app(body: string): string {
  return `import { createApp } from '@alga/extension-sdk'; export default createApp().get('/x', (ctx) => ${body});`;
}

test('a component imports the allowed interfaces only, and is not made again while nothing changes', async () => {
  await write(app('ctx.text(crypto.randomUUID())'));
  const { file, built } = await buildExtension({ root });
  const component = await readFile(file);
  const names = readComponentNames(component);
  expect(built).toBe(true);
  const unused = ['metrics', 'storage', 'http', 'secrets'].map((name) => `alga:extension/${name}@2.0.0`);
  expect(new Set([...names.imports, ...unused])).toEqual(allowedImports);
  expect(names.imports).toHaveLength(allowedImports.size - unused.length);
  expect(names.exports).toContain('alga:extension/http-handler@2.0.0');
  expect(names.exports).toContain('alga:extension/event-handler@2.0.0');

  expect((await buildExtension({ root })).built).toBe(false);
  expect(await readFile(file)).toEqual(component);
});

test('a stamp holds for the same inputs and the same component only', async () => {
  const [stamp, component] = [join(root, 'stamp'), join(root, 'component')];
  expect(await isFresh(stamp, component, 'a')).toBe(false);
  await writeFile(component, 'bytes');
  await writeFile(stamp, formatStamp({ inputs: 'a', component: hashOf(['bytes']) }));
  expect(await isFresh(stamp, component, 'a')).toBe(true);
  expect(await isFresh(stamp, component, 'b')).toBe(false);
  await writeFile(component, 'damaged');
  expect(await isFresh(stamp, component, 'a')).toBe(false);
});

test('the same source gives the same bundle', async () => {
  await write(app('ctx.text("a")'));
  expect(await bundle(root, 'server/index.ts')).toBe(await bundle(root, 'server/index.ts'));
});

test.each([
  ['a module that is not there', `import './missing.ts';`, /server\/index\.ts:1:8: .*missing/],
  ['a syntax error', `export default (`, /server\/index\.ts:1:17: /],
  ['a module that throws', `throw new Error('canary'); export default 1;`, /does not load: [^]*canary/],
  [
    'a host call at load',
    `import { log } from '@alga/extension-sdk'; log.info('x'); export default 1;`,
    /into a handler/,
  ],
  ['no default export', `export const a = 1;`, /server\/index\.ts.*default/],
  ['another default export', `export default {};`, /createApp\(\)/],
  ['a module that waits', `await null; ${app('ctx.empty()')}`, /Top-level await/],
  ['an import of the network', `import 'wasi:sockets/tcp@0.2.12'; ${app('ctx.empty()')}`, /wasi:sockets/],
])('%s is a fault that is named', async (_, source, message) => {
  await write(source);
  const failure: unknown = await buildExtension({ root }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(BuildError);
  expect((failure as Error).message).toMatch(message);
});

test('wrong usage has an exit code of its own', async () => {
  expect(await main(['--unknown'], root)).toBe(2);
});

test('bytes that are no component are refused', () => {
  expect(() => readComponentNames(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))).toThrow(RangeError);
  expect(() => readComponentNames(new Uint8Array(0))).toThrow(RangeError);
});
