import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import valid from 'semver/functions/valid.js';
import { readLines, type Line } from './readLines.ts';

/** What a changelog says of one version. */
export interface ChangelogSection {
  /** SemVer without build metadata; null for what is not released yet. */
  readonly version: string | null;
  /** Its heading as a reader sees it, such as `1.2.0 - 2026-03-01`. */
  readonly title: string;
  /** Of the heading: 1 to 6. */
  readonly level: number;
  /** Markdown below the heading. */
  readonly body: string;
}

/** A changelog taken apart. */
export interface Changelog {
  /** In its order, at most {@link MAX_SECTIONS}; none where no heading names a version. What follows the last one belongs to it. */
  readonly sections: readonly ChangelogSection[];
  /** Markdown of each link target, which all sections may refer to, by its label in lower case. */
  readonly links: ReadonlyMap<string, string>;
}

/** More versions than an admin could read about: further headings are words like others. */
export const MAX_SECTIONS = 300;

// `[1.2.0] - 2026-03-01`, `v1.2.0 (2026-03-01)`, `1.2.0: a name`; what follows the number is words.
const VERSION = /^\[?v?(\d+\.\d+\.\d+[0-9A-Za-z.+-]*)\]?(?=$|[\s:,(–—])/;
const UNRELEASED = /^\[?unreleased\]?(?=$|\W)/i;

interface Start {
  readonly line: number;
  readonly bodyFrom: number;
  readonly version: string | null;
  readonly title: string;
  readonly level: number;
}

/**
 * Reads headings as "Keep a Changelog" wants them, at any level; so do most other forms. A section goes on until the next of them, so what
 * stands below other headings is lost nowhere; only what stands before the first is left out.
 *
 * The text is a stranger's, so it is read line by line: a parser of Markdown takes minutes for some texts of this size.
 */
export function parseChangelog(markdown: string): Changelog {
  const lines = readLines(markdown);
  const starts: Start[] = [];
  const links = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    if (line.kind === 'link' && !links.has(line.label)) links.set(line.label, line.text.trim());
    if (line.kind !== 'heading' || starts.length === MAX_SECTIONS) continue;
    const title = toString(fromMarkdown(line.title)).trim();
    const version = readVersion(title);
    if (version !== undefined)
      starts.push({
        line: index,
        bodyFrom: index + line.lines,
        version,
        title: unbracketed(title),
        level: line.level,
      });
  }
  return {
    links,
    sections: starts.map(({ version, title, level, bodyFrom }, at) => ({
      version,
      title,
      level,
      body: bodyOf(lines.slice(bodyFrom, starts[at + 1]?.line)),
    })),
  };
}

/** The link targets that a text refers to, as Markdown. */
export function linksIn(text: string, links: Changelog['links']): string {
  const labels = Array.from(text.matchAll(/\[([^[\]\n]{1,200})\]/g), ([, label = '']) => label.toLowerCase());
  return [...new Set(labels)].flatMap((label) => links.get(label) ?? []).join('\n');
}

function readVersion(title: string): string | null | undefined {
  if (UNRELEASED.test(title)) return null;
  return valid(VERSION.exec(title)?.[1] ?? '') ?? undefined;
}

const unbracketed = (title: string) => title.replace(/^\[([^\]]*)\]/, '$1');

/** Without blank lines and link targets at both ends. */
function bodyOf(lines: readonly Line[]): string {
  const hasWords = ({ kind, text }: Line) => kind !== 'link' && text.trim() !== '';
  const [first, last] = [lines.findIndex(hasWords), lines.findLastIndex(hasWords)];
  if (first < 0) return '';
  return lines
    .slice(first, last + 1)
    .map(({ text }) => text)
    .join('\n');
}
