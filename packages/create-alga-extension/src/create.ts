import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toTitle } from './names.ts';
import { usePackages } from './packages.ts';

export const templates = ['ui-react', 'api-only'] as const;
export type Template = (typeof templates)[number];

export interface NewExtension {
  /** Absolute; made when it is not there. */
  readonly folder: string;
  readonly template: Template;
  /** The manifest's `name`. */
  readonly name: string;
  readonly publisher: string;
  /** Absolute folder with the `@alga` packages as `npm pack` writes them; the registry's when left out. */
  readonly packages?: string;
}

/** The folder has files in it. */
export class FolderNotEmptyError extends Error {}

const templateRoot = join(dirname(fileURLToPath(import.meta.url)), '..', 'templates');

/** Each template is a folder of files over the one before it. */
const layers: Readonly<Record<Template, readonly string[]>> = {
  'api-only': ['api-only'],
  'ui-react': ['api-only', 'ui-react'],
};

/**
 * Writes the files of a template.
 * @returns their paths below the folder, sorted.
 * @throws FolderNotEmptyError and writes nothing when the folder has anything in it.
 */
export async function createExtension(extension: NewExtension): Promise<string[]> {
  await mkdir(extension.folder, { recursive: true });
  if ((await readdir(extension.folder)).length > 0) {
    throw new FolderNotEmptyError(`${extension.folder} is not empty.`);
  }
  const files = new Map<string, string>();
  for (const layer of layers[extension.template]) {
    for (const [path, text] of await readLayer(join(templateRoot, layer)))
      files.set(path, fill(text, extension));
  }
  if (extension.packages !== undefined) {
    files.set('package.json', usePackages(files.get('package.json') ?? '', extension.packages));
  }
  for (const [path, text] of files) {
    const file = join(extension.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return [...files.keys()].sort();
}

async function readLayer(folder: string): Promise<[path: string, text: string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry): Promise<[string, string]> => {
        const file = join(entry.parentPath, entry.name);
        const path = relative(folder, file).split(sep).join('/');
        // npm leaves a file named .gitignore out of a package.
        return [path === 'gitignore' ? '.gitignore' : path, await readFile(file, 'utf8')];
      }),
  );
}

function fill(text: string, extension: NewExtension): string {
  const folder = basename(extension.folder);
  return text
    .replaceAll('__package__', folder)
    .replaceAll('__title__', toTitle(folder))
    .replaceAll('__name__', extension.name)
    .replaceAll('__publisher__', extension.publisher);
}
