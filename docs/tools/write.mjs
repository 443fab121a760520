// Writes the pages that are made of sources: those of Markdown tools here, those of C# by the tests that compare them.
import { execFileSync } from 'node:child_process';
import { root } from './tree.mjs';

const run = (tool, args, environment = {}) =>
  execFileSync(tool, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });

for (const [project, test] of [
  ['tests/Cli.Tests', 'CommandLineReferenceTests'],
  ['tests/Registry.Tests', 'RouteReferenceTests'],
]) {
  const args = ['test', project, '-c', 'Release', '--nologo', '-v', 'quiet', '--filter', test];
  run('dotnet', args, { ALGA_WRITE_DOCS: '1' });
}
run(process.execPath, ['docs/tools/check.mjs', '--write']);
