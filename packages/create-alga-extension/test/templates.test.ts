import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createExtension, templates } from '../src/create.ts';

const run = promisify(execFile);
const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
let root: string;

beforeEach(async () => {
  // Inside of the workspace, so that npm and the tools find its packages, as after an install.
  root = await mkdtemp(join(packageRoot, 'dist', 'test-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

test.each(templates)(
  'what %s writes has right types, passing tests and all files of a bundle',
  async (template) => {
    const folder = join(root, 'my-notes');
    await createExtension({ folder, template, name: 'com.example.my-notes', publisher: 'example' });
    await run('npm', ['run', 'typecheck'], { cwd: folder });
    await run('npm', ['test'], { cwd: folder });
    await run('npm', ['run', 'build'], { cwd: folder });
    expect((await stat(join(folder, 'dist', 'main.wasm'))).size).toBeGreaterThan(1_000_000);
    if (template === 'api-only') return;

    expect((await readdir(join(folder, 'ui', 'assets'))).sort()).toEqual(['index.css', 'index.js']);
    const page = await readFile(join(folder, 'ui', 'index.html'), 'utf8');
    // What the frame's policy refuses: inline code and styles, and absolute addresses.
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)|(?:src|href)="(?:\/|https?:)/);
  },
);

test.each(templates)('the changelog of %s begins with the version of its manifest', async (template) => {
  const folder = join(root, 'my-notes');
  await createExtension({ folder, template, name: 'com.example.my-notes', publisher: 'example' });
  const { version } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
    version: string;
  };
  const changelog = await readFile(join(folder, 'CHANGELOG.md'), 'utf8');
  expect(/^## (.*)$/m.exec(changelog)?.[1]).toBe(`[${version}]`);
});

test.each(templates)('%s asks for the packages of this workspace in their own versions', async (template) => {
  const folder = join(root, 'my-notes');
  await createExtension({ folder, template, name: 'com.example.my-notes', publisher: 'example' });
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const { devDependencies } = JSON.parse(text) as { devDependencies: Record<string, string> };
  const require = createRequire(import.meta.url);
  for (const [name, version] of Object.entries(devDependencies)) {
    const file = join(dirname(require.resolve('vitest/package.json')), '..', name, 'package.json');
    const installed = JSON.parse(await readFile(file, 'utf8')) as { version: string };
    expect([name, version]).toEqual([name, installed.version]);
  }
});
