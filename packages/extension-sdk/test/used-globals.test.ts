import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { usedGlobals } from '../src/build/used-globals.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'alga-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

test.each([
  ['nothing', `export const a = 1;`, []],
  ['an async function', `export async function a() {}`, ['promise']],
  ['an async generator', `export async function* a() {}`, ['promise']],
  ['a URL', `export const a = () => new URL('https://a.example/');`, ['url']],
  ['a URL of globalThis', `export const a = () => globalThis.URL;`, ['url']],
  ['text', `export const a = () => new TextEncoder();`, ['text']],
  ['a response', `export const a = () => Response.json(1);`, ['web']],
  ['a name of its own', `const URL = 1; export const a = URL;`, []],
  [
    'the fetch of the SDK',
    `import { fetch } from '@alga/extension-sdk'; export const a = () => fetch('x');`,
    [],
  ],
  ['a name in a type', `export const a = (b: Response) => b;`, []],
])('%s brings what it needs', async (_, source, expected) => {
  const app = `import { createApp } from '@alga/extension-sdk'; import './a.ts'; export default createApp();`;
  await writeFile(join(root, 'index.ts'), app);
  // In a module of its own, as most code is.
  await writeFile(join(root, 'a.ts'), `${source}\nglobalThis.kept = a;`);
  expect(await usedGlobals(root, 'index.ts')).toEqual(expected);
});

test('an extension without the router needs the classes of the Fetch standard', async () => {
  await writeFile(join(root, 'index.ts'), `export default { fetch: (request) => request.reply() };`);
  expect(await usedGlobals(root, 'index.ts')).toEqual(['web']);
});
