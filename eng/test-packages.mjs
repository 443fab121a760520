// Prints the folder of each npm workspace that has tests, one a line.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['packages', 'apps', 'samples', 'tests/guests']
  .filter((parent) => existsSync(parent))
  .flatMap((parent) =>
    readdirSync(parent)
      .sort()
      .map((name) => join(parent, name)),
  );

for (const folder of [...folders, 'docs']) {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).scripts?.test) {
    console.log(folder);
  }
}
