import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// One module per source file, so that a bundler takes only what is used; one stylesheet for all.
const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(packageRoot, 'dist');
await rm(dist, { recursive: true, force: true });

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const compiled = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  cwd: packageRoot,
  stdio: 'inherit',
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

await build({
  entryPoints: [join(packageRoot, 'src', 'styles.css')],
  outfile: join(dist, 'styles.css'),
  bundle: true,
  minify: true,
  // light-dark() must stay as it is: rewritten for old browsers, it no longer follows a nested theme.
  target: ['chrome123', 'firefox120', 'safari17.5'],
});
