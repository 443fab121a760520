import { join } from 'node:path';

interface PackageJson {
  devDependencies: Record<string, string>;
}

/** Packages that others of ours need, and npm would look for in the registry. */
const neededByOthers = ['@alga/iframe-protocol'];

/** `package.json` with the `@alga` packages taken from the files that `npm pack` wrote into `folder`. */
export function usePackages(text: string, folder: string): string {
  const json = JSON.parse(text) as PackageJson;
  const ours = Object.entries(json.devDependencies).filter(([name]) => name.startsWith('@alga/'));
  const version = ours[0]?.[1] ?? '';
  const all = ours.length > 1 ? [...ours, ...neededByOthers.map((name) => [name, version] as const)] : ours;
  for (const [name, wanted] of all) {
    const file = `${name.slice(1).replace('/', '-')}-${wanted}.tgz`;
    json.devDependencies[name] = `file:${join(folder, file)}`;
  }
  return `${JSON.stringify(json, null, 2)}\n`;
}
