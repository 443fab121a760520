// Writes a CycloneDX 1.6 document, or a table of licences, from what NuGet and npm resolved.
// Usage: node eng/sbom.mjs FILE | --licences
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const deployed = [
  'runner-container/Runner.Http',
  'scaler/Scaler',
  'infra/setup',
  'functions/registry/Registry.Functions',
  'functions/gateway/Gateway.Functions',
  'cli',
];

/** NuGet packages that a project needs at run time; those that only build it bring no run-time files. */
function nugetOf(project) {
  const assets = JSON.parse(readFileSync(join(project, 'obj/project.assets.json'), 'utf8'));
  const folders = Object.keys(assets.packageFolders);
  const [target] = Object.values(assets.targets);
  return Object.entries(target)
    .filter(([, library]) => library.type === 'package' && hasRunTimeFiles(library))
    .map(([key]) => {
      const [name, version] = key.split('/');
      const library = assets.libraries[key];
      const nuspec = folders
        .map((folder) => join(folder, library.path, `${name.toLowerCase()}.nuspec`))
        .find((file) => existsSync(file));
      if (nuspec === undefined) throw new Error(`${key} is not restored; run dotnet restore ${project}.`);
      return {
        type: 'library',
        name,
        version,
        purl: `pkg:nuget/${name}@${version}`,
        licence: licenceOf(readFileSync(nuspec, 'utf8')),
        hash: { alg: 'SHA-512', content: Buffer.from(library.sha512, 'base64').toString('hex') },
      };
    });
}

function hasRunTimeFiles(library) {
  const files = [
    ...Object.keys(library.runtime ?? {}),
    ...Object.keys(library.runtimeTargets ?? {}),
    ...Object.keys(library.native ?? {}),
  ];
  return files.some((file) => !file.endsWith('_._'));
}

function licenceOf(nuspec) {
  const expression = /<license type="expression">([^<]+)<\/license>/.exec(nuspec)?.[1];
  if (expression !== undefined) return { expression };
  const file = /<license type="file">([^<]+)<\/license>/.exec(nuspec)?.[1];
  if (file !== undefined) return { name: `file ${file} of the package` };
  const url = /<licenseUrl>([^<]+)<\/licenseUrl>/.exec(nuspec)?.[1];
  return url === undefined ? { name: 'not stated' } : { name: url };
}

/** npm packages that our own published packages need at run time. */
function npm() {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  return Object.entries(lock.packages)
    .filter(
      ([path, entry]) =>
        path.startsWith('node_modules/') &&
        !entry.link &&
        !entry.dev &&
        !entry.devOptional &&
        !entry.optional,
    )
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const [algorithm, content] = entry.integrity.split('-');
      return {
        type: 'library',
        name,
        version: entry.version,
        purl: `pkg:npm/${name.replace('@', '%40')}@${entry.version}`,
        licence: entry.license === undefined ? { name: 'not stated' } : { expression: entry.license },
        hash: {
          alg: algorithm.toUpperCase().replace('SHA', 'SHA-'),
          content: Buffer.from(content, 'base64').toString('hex'),
        },
      };
    });
}

const found = new Map();
for (const component of [...deployed.flatMap(nugetOf), ...npm()]) found.set(component.purl, component);
const components = [...found.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));

const [output] = process.argv.slice(2);
if (output === '--licences') {
  const byLicence = groupBy(components, nameOf);
  for (const [licence, members] of [...byLicence].sort()) {
    console.log(`${licence}: ${members.map(({ name, version }) => `${name} ${version}`).join(', ')}`);
  }
} else if (output === undefined) {
  console.error('Usage: node eng/sbom.mjs FILE | --licences');
  process.exit(2);
} else {
  const version = /<Version>([^<]+)<\/Version>/.exec(readFileSync('Directory.Build.props', 'utf8'))[1];
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialOf(components),
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': 'alga-extensions',
        name: 'alga-extensions',
        version,
        licenses: [{ expression: 'MIT' }],
      },
    },
    components: components.map(({ licence, hash, ...rest }) => ({
      ...rest,
      'bom-ref': rest.purl,
      hashes: [hash],
      licenses: [licence.expression === undefined ? { license: licence } : licence],
    })),
  };
  writeFileSync(output, `${JSON.stringify(document, null, 2)}\n`);
  console.log(`${output}: ${components.length} components`);
}

function nameOf({ licence }) {
  return licence.expression ?? licence.name;
}

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** The same contents give the same document. */
function serialOf(items) {
  const hex = createHash('sha256').update(JSON.stringify(items)).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
