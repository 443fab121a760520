// Builds the whole site into artifacts/docs: checks the docs, makes the reference of the npm packages, then the pages.
import { execFileSync } from 'node:child_process';
import { root } from './tree.mjs';

const run = (tool, ...args) => execFileSync(tool, args, { cwd: root, stdio: 'inherit' });

run(process.execPath, 'docs/tools/check.mjs');
run('npx', 'typedoc');
run('npx', 'vitepress', 'build', 'docs');
console.log('The site is in artifacts/docs; npx vitepress preview docs shows it.');
