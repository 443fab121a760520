import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type DefaultTheme } from 'vitepress';
import { anchorOf } from '../tools/slug.mjs';
import { listMarkdown, listPages, root, siteFile } from '../tools/tree.mjs';
import { repositoryLinks } from './repository-links.ts';
import { linksOf, sidebar } from './sidebar.ts';

const pages = new Set(listPages());
const packages = join(root, 'docs/reference/packages/typedoc-sidebar.json');
const contents = sidebar(
  [...pages].flatMap((path) => /^docs\/runbooks\/(.+)\.md$/.exec(path)?.[1] ?? []).sort(),
  existsSync(packages) ? (JSON.parse(readFileSync(packages, 'utf8')) as DefaultTheme.SidebarItem[]) : [],
);

// VitePress checks the links of pages, not these. What typedoc made is not among the pages of the repository.
const files = new Set([...pages].map(siteFile));
const dead = linksOf(contents).filter(
  (link) =>
    !link.startsWith('/reference/packages/') &&
    !files.has(link.endsWith('/') ? `${link.slice(1)}index.md` : `${link.slice(1)}.md`),
);
if (dead.length > 0) throw new Error(`The sidebar has links to no page: ${dead.join(', ')}`);

export default defineConfig({
  title: 'Alga Extensions',
  description:
    'Run other people’s code inside a multi-tenant business application, and stay in control of it.',
  lang: 'en',
  // The whole repository, so that a package's README and the guides are one site and link to each other.
  srcDir: root,
  srcExclude: [
    ...listMarkdown(root).filter((path) => !pages.has(path)),
    '**/{bin,obj,artifacts,TestResults,vectors}/**',
  ],
  rewrites: siteFile,
  // Tables of many columns get the room of the outline.
  transformPageData(page) {
    if (['configuration.md', 'comparison.md', 'threat-model.md'].includes(page.relativePath))
      page.frontmatter['aside'] = false;
  },
  outDir: join(root, 'artifacts/docs'),
  cacheDir: join(root, 'artifacts/docs-cache'),
  markdown: {
    anchor: { slugify: anchorOf },
    // The closest of the languages that the highlighter knows.
    languageAlias: { wit: 'rust' },
    config: (md) => {
      // Text in backquotes is text: {{secret:NAME}} is nothing for Vue to evaluate.
      md.core.ruler.push('verbatim_code', (state) => {
        for (const part of state.tokens.flatMap((block) => block.children ?? []))
          if (part.type === 'code_inline') part.attrSet('v-pre', '');
      });
      md.use(repositoryLinks, { root, pages, siteFile, sourceUrl: process.env['DOCS_SOURCE_URL'] });
    },
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          searchOptions: {
            // Guides before the many names of the packages.
            boostDocument: (id: string) => (id.includes('/reference/packages/') ? 0.2 : 1),
          },
        },
      },
    },
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Concepts', link: '/concepts' },
      { text: 'Reference', link: '/reference/manifest' },
      { text: 'Operate', link: '/operator-guide' },
    ],
    sidebar: contents,
    outline: { level: [2, 3] },
  },
});
