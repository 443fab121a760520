import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { loaderSource } from './dev-loader.ts';
import { engineOfTools } from './engine/engine-of-tools.ts';
import { makeComponent, witFolder } from './make-component.ts';
import { formatStamp, hashOf, isFresh } from './stamp.ts';

export interface BuildOptions {
  /** Folder of the extension, where manifest.json is. */
  readonly root: string;
  /** Relative to `root`; default `server/index.ts`. */
  readonly entry?: string;
  /** Relative to `root`; default `dist/main.wasm`, the manifest's `entry`. */
  readonly out?: string;
  /** Make the component even when nothing changed. */
  readonly force?: boolean;
}

export interface BuildResult {
  readonly file: string;
  readonly sizeBytes: number;
  /** False when the component of an earlier build was still the right one. */
  readonly built: boolean;
}

const ownFolder = dirname(fileURLToPath(import.meta.url));
const witFiles = [
  'guest.wit',
  'deps/clocks/monotonic-clock.wit',
  'deps/io/poll.wit',
  'deps/random/random.wit',
  'deps/extension/extension.wit',
];

/**
 * Bundles an extension and makes its component.
 * @throws BuildError when the code does not bundle or does not load.
 */
export async function buildExtension(options: BuildOptions): Promise<BuildResult> {
  const file = join(options.root, options.out ?? 'dist/main.wasm');
  const source = await bundle(options.root, options.entry ?? 'server/index.ts');
  const built = await makeUnlessFresh(file, source, options.force === true);
  return { file, sizeBytes: (await stat(file)).size, built };
}

export interface DevBuildOptions {
  /** Folder of the extension, where manifest.json is. */
  readonly root: string;
  /** Relative to `root`; default `server/index.ts`. */
  readonly entry?: string;
  /** Folder for what is made, relative to `root`. */
  readonly out: string;
}

/**
 * Bundles an extension for the loader of `alga-ext dev`: `server.js` in the folder, and `loader.wasm`, which is made once
 * for a version of this package.
 * @throws BuildError when the code does not bundle.
 */
export async function buildForDev(options: DevBuildOptions): Promise<void> {
  const folder = join(options.root, options.out);
  const source = await bundle(options.root, options.entry ?? 'server/index.ts', 'cjs');
  await makeUnlessFresh(join(folder, 'loader.wasm'), loaderSource, false);
  await writeWhole(join(folder, 'server.js'), source);
}

/** Makes a component and its stamp, unless the stamp says that the one there is of the same source and tools; whether it did. */
async function makeUnlessFresh(file: string, source: string, isForced: boolean): Promise<boolean> {
  const stampFile = `${file}.stamp`;
  const wit = await Promise.all(witFiles.map((name) => readFile(join(witFolder, name))));
  const inputs = hashOf([toolVersion(), source, ...wit, ...(await ownCode())]);
  if (!isForced && (await isFresh(stampFile, file, inputs))) return false;
  const component = await makeComponent(source, engineOfTools());
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, component);
  await writeFile(stampFile, formatStamp({ inputs, component: hashOf([component]) }));
  return true;
}

/** Written beside and moved, so that a build that is cut short leaves no half a file. */
async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
}

function toolVersion(): string {
  const manifest = createRequire(import.meta.url)('componentize-qjs/package.json') as { version: string };
  return `componentize-qjs ${manifest.version} sync`;
}

/** What makes a component, file by file: another version of it makes another one of the same source. */
async function ownCode(): Promise<Buffer[]> {
  const names = (await readdir(ownFolder, { recursive: true }))
    .filter((name) => /\.[jt]s$/.test(name))
    .sort();
  return Promise.all(names.map((name) => readFile(join(ownFolder, name))));
}
