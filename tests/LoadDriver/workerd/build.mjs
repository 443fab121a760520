// Bundles worker.ts with the bench guest's own handler into dist/worker.js.
import { build } from 'esbuild';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
await build({
  entryPoints: [join(folder, 'worker.ts')],
  outfile: join(folder, 'dist/worker.js'),
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2023',
});
