import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findEngine } from './find-engine.ts';

let found: { readonly engine: Uint8Array | undefined } | undefined;

/** The script engine of componentize-qjs as it is installed, read once; undefined when its native part does not show it. */
export function engineOfTools(): Uint8Array | undefined {
  if (found === undefined) {
    const require = createRequire(import.meta.url);
    require('componentize-qjs');
    const native = Object.keys(require.cache).find((file) => /componentize-qjs[^/\\]*\.node$/.test(file));
    const engine = native === undefined ? undefined : findEngine(readFileSync(native));
    // Copied, so that the rest of the file, twenty times as long, need not stay.
    found = { engine: engine && Uint8Array.from(engine) };
  }
  return found.engine;
}
