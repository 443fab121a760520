import { build } from 'esbuild';
import { commonOptions } from './options.ts';

/** A module of `@alga/extension-sdk/runtime/globals`. */
export type GlobalsModule = 'promise' | 'text' | 'url' | 'web';

/** The globals that are large, and which module brings each. */
const moduleOf: Readonly<Record<string, GlobalsModule>> = {
  fetch: 'web',
  Headers: 'web',
  Promise: 'promise',
  Request: 'web',
  Response: 'web',
  TextDecoder: 'text',
  TextEncoder: 'text',
  URL: 'url',
  URLSearchParams: 'url',
};

const mark = '__alga_global_';

/**
 * Which of the large globals the extension in `root` uses: they make a component twice as large, and most extensions need
 * none. A global that is looked up by a computed name is not seen.
 */
export async function usedGlobals(root: string, entry: string): Promise<GlobalsModule[]> {
  const names = Object.keys(moduleOf);
  const result = await build({
    ...commonOptions(root),
    entryPoints: [`./${entry}`],
    external: ['alga:*', 'wasi:*', '@alga/extension-sdk'],
    // Replaces names only where they mean the global.
    define: Object.fromEntries(
      names.flatMap((name) => [
        [name, mark + name],
        [`globalThis.${name}`, mark + name],
      ]),
    ),
  });
  const text = result.outputFiles[0]?.text ?? '';
  const used = new Set(names.filter((name) => text.includes(mark + name)).map((name) => moduleOf[name]));
  // What async functions become.
  if (/\b__(async|asyncGenerator|forAwait|yieldStar)\b/.test(text)) used.add('promise');
  // Without the router, the default export has a fetch method, whose argument is a Request.
  if (!/\bcreateApp\b/.test(text)) used.add('web');
  return [...used].filter((module) => module !== undefined).sort();
}
