import gt from 'semver/functions/gt.js';
import lte from 'semver/functions/lte.js';
import { linksIn, parseChangelog, type ChangelogSection } from './parseChangelog.ts';

/** A version's number, and its changelog where it has one. */
export interface Told {
  readonly version: string;
  readonly changelog: string | null;
}

/** A section that the other changelog does not have like this. */
export interface NewSection extends ChangelogSection {
  /** The other changelog tells of this version too, in other words. */
  readonly isReworded: boolean;
  /** Markdown of the link targets that its body refers to. */
  readonly links: string;
}

/** What a changelog says beyond another. */
export type ChangelogNews =
  /** It has none. */
  | { readonly kind: 'none' }
  | { readonly kind: 'sections'; readonly sections: readonly NewSection[] }
  /** It has no headings with versions: Markdown of the lines that the other has not. */
  | { readonly kind: 'lines'; readonly added: string };

/**
 * What the changelog of one version says beyond that of a lower one: sections of the versions between them, whatever the lower one's says of
 * them ahead of time, and all others that it does not have like this. Where the lower one has no changelog there is only the former.
 */
export function compareChangelogs(from: Told, to: Told): ChangelogNews {
  if (to.changelog === null) return { kind: 'none' };
  const { sections, links } = parseChangelog(to.changelog);
  if (sections.length === 0) return { kind: 'lines', added: addedLines(from.changelog ?? '', to.changelog) };

  const known = from.changelog === null ? null : bodiesByVersion(parseChangelog(from.changelog).sections);
  const isBetween = ({ version }: ChangelogSection) =>
    version !== null && gt(version, from.version) && lte(version, to.version);
  return {
    kind: 'sections',
    sections: sections
      .filter(
        (section) => isBetween(section) || (known !== null && !known.get(section.version)?.has(section.body)),
      )
      .map((section) => ({
        ...section,
        isReworded: !isBetween(section) && known?.has(section.version) === true,
        links: linksIn(section.body, links),
      })),
  };
}

function bodiesByVersion(
  sections: readonly ChangelogSection[],
): ReadonlyMap<string | null, ReadonlySet<string>> {
  const bodies = new Map<string | null, Set<string>>();
  for (const { version, body } of sections)
    bodies.set(version, (bodies.get(version) ?? new Set<string>()).add(body));
  return bodies;
}

// A line counts as often as it is there: what a list says twice and said once before is new once.
function addedLines(from: string, to: string): string {
  const counts = new Map<string, number>();
  for (const line of linesOf(from)) counts.set(line, (counts.get(line) ?? 0) + 1);
  return linesOf(to)
    .filter((line) => {
      const count = counts.get(line) ?? 0;
      counts.set(line, count - 1);
      return count <= 0;
    })
    .join('\n')
    .trim();
}

const linesOf = (text: string) => text.split(/\r?\n/).map((line) => line.trimEnd());
