import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder of an extension for a test. */
export interface ExtensionFolder {
  readonly root: string;
  /** Writes `server/index.ts`. */
  write(source: string): Promise<void>;
  remove(): Promise<void>;
}

export async function createExtensionFolder(): Promise<ExtensionFolder> {
  const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
  // Below dist/, so that the bundler finds the SDK through the workspace, as in a sample.
  const root = await mkdtemp(join(packageRoot, 'dist', 'test-'));
  await mkdir(join(root, 'server'));
  return {
    root,
    write: (source) => writeFile(join(root, 'server', 'index.ts'), source),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
