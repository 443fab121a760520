import Slugger, { slug } from 'github-slugger';

/** The anchor of a heading as GitHub makes it, so that one link works there and on the site. */
export const anchorOf = slug;

/**
 * The anchors of a document's headings, in order; equal headings get -1, -2.
 * @param {import('markdown-it').Token[]} tokens
 */
export function anchorsOf(tokens) {
  const slugger = new Slugger();
  return tokens
    .filter((_, index) => tokens[index - 1]?.type === 'heading_open')
    .map((heading) =>
      slugger.slug(
        (heading.children ?? [])
          .filter((part) => part.type === 'text' || part.type === 'code_inline')
          .map((part) => part.content)
          .join(''),
      ),
    );
}
