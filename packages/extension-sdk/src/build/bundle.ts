import { build, type Message } from 'esbuild';
import { commonOptions } from './options.ts';
import { usedGlobals, type GlobalsModule } from './used-globals.ts';

/** The extension's code does not build; the message lists every fault with its place. */
export class BuildError extends Error {}

/**
 * The module that becomes the component: globals first, because module code may use them,
 * then the extension, connected with the imports of the world.
 */
function entrySource(entry: string, globals: readonly GlobalsModule[]): string {
  const interfaces = ['context', 'log', 'metrics', 'storage', 'http', 'secrets'];
  return [
    ...[...globals, 'base'].map((name) => `import '@alga/extension-sdk/runtime/globals/${name}';`),
    ...interfaces.map((name) => `import * as ${name} from 'alga:extension/${name}@2.0.0';`),
    `import * as random from 'wasi:random/random@0.2.12';`,
    `import * as clock from 'wasi:clocks/monotonic-clock@0.2.12';`,
    `import { mount } from '@alga/extension-sdk/runtime';`,
    `import extension from ${JSON.stringify(entry)};`,
    `export const { httpHandler, eventHandler } = mount(extension, { ${interfaces.join(', ')}, random, clock });`,
  ].join('\n');
}

/**
 * One module of the extension in `root` and all it imports. The same input gives the same text.
 * @param format `esm` for a component of its own, `cjs` for the loader of `alga-ext dev`.
 * @throws BuildError
 */
export async function bundle(root: string, entry: string, format: 'esm' | 'cjs' = 'esm'): Promise<string> {
  try {
    const result = await build({
      ...commonOptions(root),
      format,
      stdin: {
        contents: entrySource(`./${entry}`, await usedGlobals(root, entry)),
        resolveDir: root,
        sourcefile: 'alga-entry.ts',
        loader: 'ts',
      },
      external: ['alga:*', 'wasi:*'],
    });
    const [file] = result.outputFiles;
    if (file === undefined) throw new BuildError('The bundler wrote nothing.');
    return file.text;
  } catch (error) {
    const faults = (error as { errors?: Message[] }).errors;
    throw faults === undefined ? error : new BuildError(faults.map(describe).join('\n'), { cause: error });
  }
}

function describe(message: Message): string {
  const { location } = message;
  const place = location === null ? '' : `${location.file}:${location.line}:${location.column + 1}: `;
  return place + message.text;
}
