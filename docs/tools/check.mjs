// Checks the docs: pages that are made of sources are up to date, and every link leads somewhere. With --write it makes the pages first.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostApiPage } from './host-api-page.mjs';
import { findDeadLinks } from './links.mjs';
import { manifestPage } from './manifest-page.mjs';
import { listMarkdown, root } from './tree.mjs';

const pages = [
  ['docs/reference/manifest.md', manifestPage(root)],
  ['docs/reference/host-api.md', hostApiPage(root)],
];

if (process.argv.includes('--write')) for (const [file, text] of pages) writeFileSync(join(root, file), text);

const stale = pages
  .filter(([file, text]) => readFileSync(join(root, file), 'utf8') !== text)
  .map(([file]) => `${file} is not what its source says; run 'npm run write -w docs'`);
const faults = [...stale, ...findDeadLinks(root, listMarkdown(root))];
for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
