import { afterAll, beforeAll, expect, test } from 'vitest';
// The package as it is built: an extension imports it from there.
import { bundle } from '../dist/build/bundle.js';
import { loaderSource } from '../src/build/dev-loader.ts';
import { unusedApis } from '../src/build/used-apis.ts';
import { createExtensionFolder, type ExtensionFolder } from './extension-folder.ts';

let folder: ExtensionFolder;

beforeAll(async () => {
  folder = await createExtensionFolder();
});

afterAll(() => folder.remove());

async function unusedBy(imports: string, handler: string): Promise<string[]> {
  await folder.write(
    `import { createApp } from '@alga/extension-sdk';
     ${imports}
     export default createApp().get('/x', (ctx) => { ${handler} return ctx.empty(); });`,
  );
  return [...unusedApis(await bundle(folder.root, 'server/index.ts'))].map(
    (name) => /\/(\w+)@2\.0\.0$/.exec(name)?.[1] ?? name,
  );
}

const all = ['metrics', 'storage', 'http', 'secrets'];

test('an extension that calls no host API needs none of those that are granted', async () => {
  expect(await unusedBy('', '')).toEqual(all);
  expect(await unusedBy(`import { storage, log } from '@alga/extension-sdk';`, `log.info('x');`)).toEqual(
    all,
  );
});

test.each([
  ['metrics', `metrics.count('x');`],
  ['storage', `storage.namespace('x').get('y');`],
  ['secrets', `secrets.get('x');`],
])('%s stays where it is called', async (name, call) => {
  const imports = `import { ${name} } from '@alga/extension-sdk';`;
  expect(await unusedBy(imports, call)).toEqual(all.filter((each) => each !== name));
  expect(await unusedBy(imports, `Object.keys(${name});`)).toEqual(all.filter((each) => each !== name));
});

test('an API stays where an extension has a function of the same name as what calls it', async () => {
  const imports = `import { storage } from '@alga/extension-sdk'; export function hostApi() { return 1; }`;
  expect(await unusedBy(imports, `hostApi(); storage.namespace('x').get('y');`)).toEqual([
    'metrics',
    'http',
    'secrets',
  ]);
});

test.each([
  [`import { fetch } from '@alga/extension-sdk';`, `fetch('https://a.example');`],
  ['', `void fetch('https://a.example');`],
])('http stays where it is called: %s', async (imports, call) => {
  expect(await unusedBy(imports, call)).toEqual(['metrics', 'storage', 'secrets']);
});

test('all stay where they are reached by a name that is computed', async () => {
  expect(
    await unusedBy(`import * as sdk from '@alga/extension-sdk';`, `Object.keys(sdk[ctx.path]);`),
  ).toEqual([]);
});

test('an interface that an extension imports itself stays', async () => {
  const imports = `import { get } from 'alga:extension/storage@2.0.0';`;
  expect(await unusedBy(imports, `get('a', 'b');`)).toEqual(['metrics', 'http', 'secrets']);
});

test('the loader of dev keeps all, since it gives them to code that it does not know', () => {
  expect([...unusedApis(loaderSource)]).toEqual([]);
});
