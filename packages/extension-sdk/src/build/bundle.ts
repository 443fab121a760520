import { build, type Message } from 'esbuild';

/** The extension's code does not build; the message lists every fault with its place. */
export class BuildError extends Error {}

/**
 * The module that becomes the component: globals first, because module code may use them,
 * then the extension, connected with the imports of the world.
 */
function entrySource(entry: string): string {
  const interfaces = ['context', 'log', 'metrics', 'storage', 'http', 'secrets'];
  return [
    `import '@alga/extension-sdk/runtime/globals';`,
    ...interfaces.map((name) => `import * as ${name} from 'alga:extension/${name}@2.0.0';`),
    `import * as random from 'wasi:random/random@0.2.12';`,
    `import * as clock from 'wasi:clocks/monotonic-clock@0.2.12';`,
    `import { mount } from '@alga/extension-sdk/runtime';`,
    `import extension from ${JSON.stringify(entry)};`,
    `export const { httpHandler, eventHandler } = mount(extension, { ${interfaces.join(', ')}, random, clock });`,
  ].join('\n');
}

/** One ES module of the extension in `root` and all it imports. The same input gives the same text. */
export async function bundle(root: string, entry: string): Promise<string> {
  const result = await build({
    stdin: {
      contents: entrySource(`./${entry}`),
      resolveDir: root,
      sourcefile: 'alga-entry.ts',
      loader: 'ts',
    },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2023',
    // Async functions become generators over the global Promise, which is the SDK's own: the runtime never comes to run
    // the jobs of its native promises, because the sandbox ends with the call.
    supported: {
      'async-await': false,
      'async-generator': false,
      'for-await': false,
      'top-level-await': false,
    },
    charset: 'utf8',
    legalComments: 'none',
    external: ['alga:*', 'wasi:*'],
    logLevel: 'silent',
  }).catch((error: unknown) => {
    const faults = (error as { errors?: Message[] }).errors;
    throw faults === undefined ? error : new BuildError(faults.map(describe).join('\n'), { cause: error });
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new BuildError('The bundler wrote nothing.');
  return file.text;
}

function describe(message: Message): string {
  const { location } = message;
  const place = location === null ? '' : `${location.file}:${location.line}:${location.column + 1}: `;
  return place + message.text;
}
