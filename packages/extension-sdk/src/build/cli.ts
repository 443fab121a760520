import { parseArgs } from 'node:util';
import { buildExtension, buildForDev } from './build-extension.ts';
import { BuildError } from './bundle.ts';

const usage = 'usage: alga-build [--entry server/index.ts] [--out dist/main.wasm] [--force] [--dev folder]';

/** Builds the extension in `root`. The exit code: 0 built, 1 the extension has a fault, 2 wrong usage. */
export async function main(args: readonly string[], root: string): Promise<number> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        entry: { type: 'string' },
        out: { type: 'string' },
        force: { type: 'boolean' },
        dev: { type: 'string' },
      },
    }));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  try {
    const { dev, ...options } = values;
    if (dev !== undefined) {
      await buildForDev({ root, out: dev, ...(options.entry === undefined ? {} : { entry: options.entry }) });
      return 0;
    }
    const result = await buildExtension({ root, ...options });
    const size = `${(result.sizeBytes / 1e6).toFixed(1)} MB`;
    console.log(`${result.built ? 'built' : 'unchanged'} ${result.file} (${size})`);
    return 0;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    return 1;
  }
}
