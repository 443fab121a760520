// main.js, the StarlingMonkey engine and the platform's world become one component: dist/main.wasm, 12 MB.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { componentize } from '@bytecodealliance/componentize-js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { component } = await componentize({
  sourcePath: here('main.js'),
  witPath: here('../../../shared/wit/extension.wit'),
  worldName: 'extension',
  // The platform has no wasi:http, and nobody reads what is printed. Clocks and random numbers stay.
  disableFeatures: ['stdio', 'http', 'fetch-event'],
});
await mkdir(here('dist'), { recursive: true });
await writeFile(here('dist/main.wasm'), component);
