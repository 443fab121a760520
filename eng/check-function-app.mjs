// Checks a function app that was published for Azure: what the Functions host needs is there, and it finds every
// [Function] of the sources with a route and without a function key.
// Usage: node eng/check-function-app.mjs <folder of the sources> <folder of the published app>
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [sources, published] = process.argv.slice(2);
const faults = [];

for (const file of ['host.json', 'functions.metadata', 'worker.config.json', 'extensions.json']) {
  if (!existsSync(join(published, file))) faults.push(`${file} is missing`);
}

const declared = readdirSync(sources)
  .filter((file) => file.endsWith('.cs'))
  .flatMap((file) =>
    [...readFileSync(join(sources, file), 'utf8').matchAll(/\[Function\("([^"]+)"\)\]/g)].map(
      ([, name]) => name,
    ),
  );
const metadata = JSON.parse(readFileSync(join(published, 'functions.metadata'), 'utf8'));
const found = new Map(metadata.map((entry) => [entry.name, entry]));

for (const name of declared)
  if (!found.has(name)) faults.push(`function ${name} is not in functions.metadata`);
for (const { name, bindings } of metadata) {
  const trigger = bindings.find(({ type }) => type === 'httpTrigger');
  if (!trigger?.route) faults.push(`function ${name} has no HTTP route`);
  if (trigger?.authLevel !== 'Anonymous')
    faults.push(`function ${name} asks for a function key; the platform checks its own tokens`);
}

for (const fault of faults) console.error(`${sources}: ${fault}`);
if (faults.length > 0) process.exit(1);
console.log(`${sources}: ${declared.length} functions, published for Azure`);
