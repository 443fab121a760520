import { componentize } from 'componentize-qjs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allowedImports } from './allowed-imports.ts';
import { BuildError, bundle } from './bundle.ts';
import { fuseComponent } from './fuse/fuse-component.ts';
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

const witFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'wit');
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
  const stampFile = `${file}.stamp`;
  const source = await bundle(options.root, options.entry ?? 'server/index.ts');
  const wit = await Promise.all(witFiles.map((name) => readFile(join(witFolder, name))));
  const inputs = hashOf([toolVersion(), source, ...wit]);
  if (options.force !== true && (await isFresh(stampFile, file, inputs))) {
    return { file, sizeBytes: (await readFile(file)).length, built: false };
  }

  const component = await makeComponent(source);
  await mkdir(dirname(file), { recursive: true });
  // Written beside and moved, so that a build that is cut short leaves no half a component.
  await writeFile(`${file}.new`, component);
  await rename(`${file}.new`, file);
  await writeFile(stampFile, formatStamp({ inputs, component: hashOf([component]) }));
  return { file, sizeBytes: component.length, built: true };
}

async function makeComponent(source: string): Promise<Uint8Array> {
  let component: Buffer;
  try {
    ({ component } = await componentize({
      witPath: witFolder,
      world: 'guest',
      jsSource: source,
      sync: true,
    }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BuildError(`The extension does not load: ${reason}`, { cause: error });
  }
  return fuseComponent(component, (name) => allowedImports.has(name));
}

function toolVersion(): string {
  const manifest = createRequire(import.meta.url)('componentize-qjs/package.json') as { version: string };
  return `componentize-qjs ${manifest.version} sync, fused`;
}
