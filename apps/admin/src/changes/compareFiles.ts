import type { Statement } from '../catalogue/statement.ts';
import { texts } from '../texts.ts';

const words = texts.changes.code;
const COMPONENT = 'dist/main.wasm';

/** How the files of one version differ from those of another, by what their publisher signed; null where that does not tell. */
export function compareFiles(before: Statement | null, after: Statement | null): readonly string[] | null {
  if (before?.files === undefined || after?.files === undefined) return null;
  const [old, current] = [byPath(before.files), byPath(after.files)];
  const count = (wanted: (path: string) => boolean) => {
    const paths = [...new Set([...old.keys(), ...current.keys()])].filter(wanted);
    return {
      added: paths.filter((path) => !old.has(path)).length,
      changed: paths.filter(
        (path) => old.has(path) && current.has(path) && old.get(path) !== current.get(path),
      ).length,
      removed: paths.filter((path) => !current.has(path)).length,
    };
  };
  const isPage = (path: string) => path.startsWith('ui/');
  const pages = count(isPage);
  const hasPages = [...old.keys(), ...current.keys()].some(isPage);
  const hasPageChanges = pages.added + pages.changed + pages.removed > 0;
  return [
    old.get(COMPONENT) === current.get(COMPONENT) ? words.same : words.differs,
    ...(hasPages ? [hasPageChanges ? words.pages(pages) : words.samePages] : []),
  ];
}

const byPath = (files: readonly { readonly path: string; readonly sha256: string }[]) =>
  new Map(files.map(({ path, sha256 }) => [path, sha256]));
