// The repository as the docs see it: which Markdown there is, and where it is on the site.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Folders that hold no sources. */
const generated = new Set(['node_modules', 'bin', 'obj', 'dist', 'artifacts', 'TestResults', 'vectors']);

/**
 * Markdown that is no page: GitHub's own start page, and what tests and templates are made of.
 * @param {string} path Path from the root, with slashes.
 */
const isNoPage = (path) =>
  path === 'README.md' ||
  path.startsWith('tests/') ||
  path.startsWith('packages/create-alga-extension/templates/');

/**
 * All Markdown of the repository.
 * @param {string} folder Where to look.
 * @param {string} [prefix] The folder's path from the root, with a slash at its end; none for the root.
 * @returns {string[]} Paths from the root, with slashes.
 */
export function listMarkdown(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix + entry.name;
    if (entry.isDirectory()) {
      const isSkipped = generated.has(entry.name) || entry.name.startsWith('.');
      return isSkipped || path === 'docs/reference/packages' ? [] : listMarkdown(folder, `${path}/`);
    }
    return entry.isFile() && entry.name.endsWith('.md') ? [path] : [];
  });
}

/** The repository's Markdown that is a page of the site. */
export const listPages = () => listMarkdown(root).filter((path) => !isNoPage(path));

/**
 * A page's file on the site, from its file in the repository: docs/ is the site's root, a README is its folder's page.
 * @param {string} path Path from the root, with slashes.
 */
export function siteFile(path) {
  if (path === 'README.md') return 'index.md';
  return path.replace(/^docs\//, '').replace(/(^|\/)README\.md$/, '$1index.md');
}
