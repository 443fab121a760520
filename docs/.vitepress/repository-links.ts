import { posix, relative } from 'node:path';
import type { MarkdownEnv, MarkdownRenderer } from 'vitepress';

/** Where links of a document lead to on the site. */
export interface RepositoryLinkOptions {
  /** The repository. */
  readonly root: string;
  /** Paths from the root that are pages. */
  readonly pages: ReadonlySet<string>;
  /** A page's file on the site. */
  readonly siteFile: (path: string) => string;
  /** Where files of the repository can be read, such as `https://example.com/alga/blob/main`; without it they are named and not linked. */
  readonly sourceUrl: string | undefined;
}

/**
 * Documents link to each other, and to sources, as files of the repository: that is right for whoever reads them there. On the site a link
 * to a page leads to it, and a link to a source to `sourceUrl`.
 */
export function repositoryLinks(md: MarkdownRenderer, options: RepositoryLinkOptions): void {
  md.core.ruler.push('repository_links', (state) => {
    const env = state.env as MarkdownEnv & { realPath?: string };
    const from = relative(options.root, env.realPath ?? env.path);
    for (const block of state.tokens) {
      // Links of which only the text is left, innermost last.
      const unlinked: boolean[] = [];
      for (const token of block.children ?? []) {
        if (token.type === 'link_open') {
          const href = token.attrGet('href') ?? '';
          const link = resolve(from, href, options);
          unlinked.push(link === null);
          if (link === null) {
            token.tag = 'span';
            token.attrs = [['title', posix.join(posix.dirname(from), href)]];
          } else token.attrSet('href', link);
        } else if (token.type === 'link_close' && unlinked.pop() === true) token.tag = 'span';
      }
    }
  });
}

/** The address on the site; null for a file that cannot be read from there. */
function resolve(from: string, href: string, options: RepositoryLinkOptions): string | null {
  if (href.startsWith('#') || href.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(href)) return href;
  const [path = '', anchor] = href.split('#');
  const target = posix.join(posix.dirname(from), path).replace(/\/$/, '');
  const suffix = anchor === undefined ? '' : `#${anchor}`;
  // A folder is its README, as it is in the repository.
  const page = [target, `${target}/README.md`, `${target}/index.md`].find(
    (file) => options.pages.has(file) || file === 'README.md',
  );
  if (page !== undefined) return `/${options.siteFile(page)}${suffix}`;
  // Made from sources only when the site is built.
  if (target.startsWith('docs/reference/packages/')) return `/${options.siteFile(target)}${suffix}`;
  return options.sourceUrl === undefined ? null : `${options.sourceUrl}/${target}${suffix}`;
}
