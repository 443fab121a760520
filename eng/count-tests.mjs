// Sums all test results in a folder, names what failed, and prints "N passed, N failed" as the last line.
// Usage: node eng/count-tests.mjs <folder> <1 when a test run failed, otherwise 0>
//
// A skipped test counts as failed, and so does a test project that left no result or ran no test:
// what was not run was not shown to work.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failedInPlaywright, failedInTrx, failedInVitest } from './failed-tests.mjs';

const [folder, runFailed] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const faults = [];
const failures = [];

function add(source, ran, ok) {
  if (ran === 0) faults.push(`${source} ran no test`);
  passed += ok;
  failed += ran - ok;
  if (ran !== ok) faults.push(`${source}: ${ran - ok} of ${ran} did not pass`);
}

function projectsOf(results) {
  return results.map((text) => /codeBase="[^"]*\/tests\/([^/"]+)\//.exec(text)?.[1]).filter(Boolean);
}

const files = readdirSync(folder);
const results = files
  .filter((file) => file.endsWith('.trx'))
  .map((file) => readFileSync(join(folder, file), 'utf8'));
for (const text of results) {
  const counters = /<Counters total="(\d+)" executed="\d+" passed="(\d+)"/.exec(text);
  failures.push(...failedInTrx(text));
  const project = projectsOf([text])[0] ?? 'a C# test project';
  add(project, Number(counters?.[1] ?? 0), Number(counters?.[2] ?? 0));
  // A run that was cut short leaves what it came to, and all of that may have passed.
  const aborted = /<Text>(Aborting[^<]*)/.exec(text)?.[1];
  if (aborted !== undefined) {
    faults.push(`${project}: ${aborted}`);
    failed++;
  }
}

const reported = new Set(projectsOf(results));
for (const name of readdirSync('tests')) {
  const isTestProject = existsSync(join('tests', name, `${name}.csproj`)) && name.endsWith('.Tests');
  if (isTestProject && !reported.has(name)) faults.push(`${name} left no result`);
}

for (const file of files.filter((name) => name.endsWith('.vitest.json'))) {
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  failures.push(...failedInVitest(report));
  add(file, report.numTotalTests, report.numPassedTests);
}

// A test that passes only when it is tried again is flaky, and counts as failed.
for (const [suite, file] of [
  ['tests/browser', 'browser.playwright.json'],
  ['apps/admin', 'admin.playwright.json'],
]) {
  if (!existsSync(join(suite, 'package.json'))) continue;
  if (!existsSync(join(folder, file))) {
    faults.push(`${suite} left no result of its browser tests`);
    continue;
  }
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  failures.push(...failedInPlaywright(report));
  const { expected, unexpected, flaky, skipped } = report.stats;
  add(suite, expected + unexpected + flaky + skipped, expected);
}

if (faults.length === 0 && runFailed !== '0')
  faults.push('a test run failed without a failed test; see above');
for (const failure of failures) console.error(failure);
for (const fault of faults) console.error(fault);
// A fault beyond single tests must show in the numbers too: they are what a reader looks at.
if (faults.length > 0 && failed === 0) failed = faults.length;
console.log(`${passed} passed, ${failed} failed`);
process.exit(faults.length === 0 ? 0 : 1);
