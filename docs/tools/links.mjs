// Finds links that lead nowhere: to files that are not there, and to headings that no document has.
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { anchorsOf } from './slug.mjs';

const markdown = new MarkdownIt({ html: true });

/**
 * @param {import('markdown-it').Token[]} tokens
 * @returns {{ target: string, line: number }[]}
 */
function linksIn(tokens) {
  return tokens.flatMap((block) =>
    (block.children ?? []).flatMap((part) => {
      const target = part.attrGet('href') ?? part.attrGet('src');
      return target === null ? [] : [{ target, line: (block.map?.[0] ?? 0) + 1 }];
    }),
  );
}

/**
 * The dead links of some documents.
 * @param {string} root The folder that links must not leave.
 * @param {string[]} files Documents, as paths from the root with slashes.
 * @returns {string[]} A line for each, such as "docs/a.md:3: b.md is not there"; none is good.
 */
export function findDeadLinks(root, files) {
  const parsed = new Map();
  const parse = (file) => {
    if (!parsed.has(file)) {
      const tokens = markdown.parse(readFileSync(join(root, file), 'utf8'), {});
      parsed.set(file, { tokens, anchors: new Set(anchorsOf(tokens)) });
    }
    return parsed.get(file);
  };

  const faultOf = (file, target) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return null;
    const [path = '', anchor] = decodeURI(target).split('#');
    const other = path === '' ? file : posix.join(posix.dirname(file), path);
    if (path.startsWith('/') || other.startsWith('..')) return `${target} leaves the repository`;
    if (!existsSync(join(root, other))) return `${path} is not there`;
    if (anchor === undefined || !other.endsWith('.md')) return null;
    return parse(other).anchors.has(anchor) ? null : `${other} has no heading #${anchor}`;
  };

  return files.flatMap((file) =>
    linksIn(parse(file).tokens).flatMap(({ target, line }) => {
      const fault = faultOf(file, target);
      return fault === null ? [] : [`${file}:${line}: ${fault}`];
    }),
  );
}
