import { cp, mkdir, rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// dist/ holds all that `npm pack` ships, the WIT files included, so that the package works outside this repository.
const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(packageRoot, 'dist');
await rm(dist, { recursive: true, force: true });

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const compiled = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  cwd: packageRoot,
  stdio: 'inherit',
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

const wit = join(dist, 'wit');
await mkdir(join(wit, 'deps', 'extension'), { recursive: true });
await cp(join(packageRoot, 'wit', 'guest.wit'), join(wit, 'guest.wit'));
for (const name of ['clocks', 'io', 'random']) {
  await cp(join(packageRoot, 'wit', name), join(wit, 'deps', name), { recursive: true });
}
await cp(
  join(packageRoot, '..', '..', 'shared', 'wit', 'extension.wit'),
  join(wit, 'deps', 'extension', 'extension.wit'),
);
