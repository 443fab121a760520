// Prints the folder of each npm workspace that has tests, one a line.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

for (const parent of ['packages', 'apps', 'samples', 'tests/guests']) {
  if (!existsSync(parent)) continue;
  for (const name of readdirSync(parent).sort()) {
    const manifest = join(parent, name, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).scripts?.test) {
      console.log(join(parent, name));
    }
  }
}
