import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import valid from 'semver/functions/valid.js';

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
  /** In its order; none where no heading names a version. */
  readonly sections: readonly ChangelogSection[];
  /** Markdown of the link targets at its end, which all sections may refer to. */
  readonly links: string;
}

// `[1.2.0] - 2026-03-01`, `v1.2.0 (2026-03-01)`, `1.2.0: a name`; what follows the number is words.
const VERSION = /^\[?v?(\d+\.\d+\.\d+[0-9A-Za-z.+-]*)\]?(?=$|[\s:,(–—])/;
const UNRELEASED = /^\[?unreleased\]?(?=$|\W)/i;

/**
 * Reads headings as "Keep a Changelog" wants them, at any level; so do most other forms. A section goes on until the next of them, so what
 * stands below other headings is lost nowhere; only what stands before the first is left out.
 */
export function parseChangelog(markdown: string): Changelog {
  const { children } = fromMarkdown(markdown);
  const links = children.filter(({ type }) => type === 'definition');
  const nodes = children.filter(({ type }) => type !== 'definition');
  const starts = nodes.flatMap((node, index) => {
    if (node.type !== 'heading') return [];
    const title = toString(node).trim();
    const version = readVersion(title);
    return version === undefined ? [] : [{ index, version, title: unbracketed(title), level: node.depth }];
  });
  const sourceOf = (parts: readonly (typeof children)[number][]) =>
    markdown.slice(parts[0]?.position?.start.offset ?? 0, parts.at(-1)?.position?.end.offset ?? 0);
  return {
    sections: starts.map(({ index, ...section }, at) => ({
      ...section,
      body: sourceOf(nodes.slice(index + 1, starts[at + 1]?.index)),
    })),
    links: links.map((link) => sourceOf([link])).join('\n'),
  };
}

function readVersion(title: string): string | null | undefined {
  if (UNRELEASED.test(title)) return null;
  return valid(VERSION.exec(title)?.[1] ?? '') ?? undefined;
}

const unbracketed = (title: string) => title.replace(/^\[([^\]]*)\]/, '$1');
