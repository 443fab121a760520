import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { transform } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loaderSource, sourceSetting } from '../src/build/dev-loader.ts';
import type { GuestExports } from '../src/runtime/mount.ts';
import type { WireResponse } from '../src/runtime/wire.ts';
import { createTestHost, type TestHost } from '../src/testing/index.ts';
// The package as it is built: making a component needs dist/wit.
import { bundle } from '../dist/build/bundle.js';
import { main } from '../dist/build/cli.js';
import { readComponentNames } from '../dist/build/index.js';
import { createExtensionFolder, type ExtensionFolder } from './extension-folder.ts';

let root: string;

let folder: ExtensionFolder;

beforeEach(async () => {
  folder = await createExtensionFolder();
  root = folder.root;
});

afterEach(() => folder.remove());

const write = (source: string): Promise<void> => folder.write(source);

/** The loader with a host that gives it this code, where there is no Node. */
async function start(config: Record<string, string>): Promise<{ exports: GuestExports; host: TestHost }> {
  const host = createTestHost({ config });
  const bindings: Record<string, unknown> = { ...host.bindings, 'monotonic-clock': host.bindings.clock };
  const { code } = await transform(loaderSource, { format: 'cjs' });
  const module = { exports: {} as GuestExports };
  const require = (name: string): unknown => bindings[/\/([a-z-]+)@/.exec(name)?.[1] ?? ''];
  runInContext(code, createContext({ module, exports: module.exports, require, atob, btoa }));
  return { exports: module.exports, host };
}

function get({ httpHandler }: GuestExports): WireResponse {
  return httpHandler.handle({
    method: 'GET',
    path: '/x',
    endpoint: '/x',
    params: [],
    query: [],
    headers: [],
    body: { tag: 'empty' },
  });
}

test('the loader runs the code of the setting with the settings that the extension knows', async () => {
  await write(
    `import { createApp, currentInvocation } from '@alga/extension-sdk';
     export default createApp().get('/x', (ctx) => ctx.text(Object.keys(currentInvocation().config).join()));`,
  );
  const source = await bundle(root, 'server/index.ts', 'cjs');
  const { exports } = await start({ greeting: 'hi', [sourceSetting]: source });

  expect(get(exports)).toMatchObject({ status: 200, body: { tag: 'text', val: 'greeting' } });
});

test.each([
  ['code that throws', { [sourceSetting]: `throw new Error('canary')` }, /canary/],
  ['code that does not parse', { [sourceSetting]: 'const =' }, /does not load/],
  ['no code', {}, /No code is given/],
])('%s is logged with its reason and answered with 500', async (_, config, reason) => {
  const { exports, host } = await start(config);

  const answer = get(exports);
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toContain('canary');
  expect(host.logs[0]?.level).toBe('error');
  expect(host.logs[0]?.message).toMatch(reason);
  expect(() => {
    exports.eventHandler.handle({
      id: '1',
      topic: 't',
      occurredAt: '2026-01-01T00:00:00Z',
      attempt: 1,
      payload: '{}',
    });
  }).toThrow('The extension does not load.');
});

test('a build for dev makes the loader once, and the code anew', async () => {
  await write(
    `import { createApp } from '@alga/extension-sdk'; export default createApp().get('/x', (ctx) => ctx.text('a'));`,
  );
  expect(await main(['--dev', 'made'], root)).toBe(0);
  const loader = join(root, 'made', 'loader.wasm');
  const { mtimeMs } = await stat(loader);
  expect(readComponentNames(await readFile(loader)).exports).toContain('alga:extension/http-handler@2.0.0');
  await write(
    `import { createApp } from '@alga/extension-sdk'; export default createApp().get('/x', (ctx) => ctx.text('changed'));`,
  );

  expect(await main(['--dev', 'made'], root)).toBe(0);

  expect(await readFile(join(root, 'made', 'server.js'), 'utf8')).toContain('changed');
  expect((await stat(loader)).mtimeMs).toBe(mtimeMs);
});

test('code that does not bundle is a fault of a build for dev too', async () => {
  await write(`import './missing.ts';`);
  expect(await main(['--dev', 'made'], root)).toBe(1);
});
