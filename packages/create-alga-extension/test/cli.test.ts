import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../src/cli.ts';
import { templates } from '../src/create.ts';

let root: string;
let output: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'alga-'));
  output = '';
  const write = (text: string): void => {
    output += `${text}\n`;
  };
  vi.spyOn(console, 'log').mockImplementation(write);
  vi.spyOn(console, 'error').mockImplementation(write);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true });
});

async function read(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(root, file), 'utf8')) as Record<string, unknown>;
}

test('help tells of every template and option', async () => {
  expect(await main(['--help'], root)).toBe(0);
  for (const word of [...templates, '--template', '--publisher', '--name', '--packages'])
    expect(output).toContain(word);
  expect(await readdir(root)).toEqual([]);
});

test('the command of the package runs it', async () => {
  const folder = fileURLToPath(new URL('../', import.meta.url));
  const { bin } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    bin: Record<string, string>;
  };
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(folder, bin['create-alga-extension'] ?? ''),
    '--help',
  ]);
  expect(stdout).toContain('Usage: npm create alga-extension');
});

test('names come from the folder and the publisher', async () => {
  expect(await main(['time-reports', '--publisher', 'acme'], root)).toBe(0);
  expect(await read('time-reports/manifest.json')).toMatchObject({
    name: 'com.acme.time-reports',
    publisher: 'acme',
    displayName: 'Time reports',
    ui: { entry: 'ui/index.html' },
  });
  expect(await read('time-reports/package.json')).toMatchObject({ name: 'time-reports' });
  expect(output).toContain('npm run build');
});

test('a name of its own is taken over', async () => {
  expect(await main(['x', '--template', 'api-only', '--name', 'org.acme.reports'], root)).toBe(0);
  const manifest = await read('x/manifest.json');
  expect(manifest['name']).toBe('org.acme.reports');
  expect(manifest).not.toHaveProperty('ui');
  expect(await readdir(join(root, 'x'))).toContain('.gitignore');
});

test.each(templates)('no placeholder is left in %s', async (template) => {
  expect(await main(['x', '--template', template], root)).toBe(0);
  for (const entry of await readdir(join(root, 'x'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    expect(await readFile(join(entry.parentPath, entry.name), 'utf8')).not.toMatch(/__[a-z]+__/);
  }
});

test('a folder with a file in it stays as it is', async () => {
  await mkdir(join(root, 'mine'));
  await writeFile(join(root, 'mine', 'manifest.json'), 'mine');
  expect(await main(['mine'], root)).toBe(1);
  expect(output).toContain('is not empty');
  expect(await readdir(join(root, 'mine'))).toEqual(['manifest.json']);
  expect(await readFile(join(root, 'mine', 'manifest.json'), 'utf8')).toBe('mine');
});

test.each([
  ['no folder', []],
  ['two folders', ['a', 'b']],
  ['an unknown template', ['a', '--template', 'vue']],
  ['a template by a name of every object', ['a', '--template', 'toString']],
  ['an unknown option', ['a', '--force']],
  ['a folder in upper case', ['My-ext']],
  ['a folder with a space', ['my ext']],
  ['a folder that would break JSON', ['a"b']],
  ['a publisher in upper case', ['a', '--publisher', 'Acme']],
  ['a publisher of one letter', ['a', '--publisher', 'a']],
  ['a publisher that would break JSON', ['a', '--publisher', 'a","x":"']],
  ['a name without a dot', ['a', '--name', 'reports']],
  ['a name that is too long', ['a', '--name', `com.${'a'.repeat(63)}.${'b'.repeat(63)}`]],
])('%s is wrong usage and writes nothing', async (_, args) => {
  expect(await main(args, root)).toBe(2);
  expect(output).toContain('Usage:');
  expect(await readdir(root)).toEqual([]);
});

test('packages of a folder are used, with the one that they need themselves', async () => {
  expect(await main(['a', '--packages', 'packed'], root)).toBe(0);
  const { devDependencies } = await read('a/package.json');
  expect(devDependencies).toMatchObject({
    '@alga/extension-sdk': `file:${join(root, 'packed', 'alga-extension-sdk-1.0.0.tgz')}`,
    '@alga/iframe-protocol': `file:${join(root, 'packed', 'alga-iframe-protocol-1.0.0.tgz')}`,
    react: '19.3.1',
  });
});
