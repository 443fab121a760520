import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDeadLinks } from '../tools/links.mjs';

let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'links-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Writes files and gives the dead links of those that are Markdown. */
function check(files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return findDeadLinks(
    root,
    Object.keys(files).filter((name) => name.endsWith('.md')),
  );
}

describe('the check of links', () => {
  it('takes links to documents, headings, sources, folders and other sites', () => {
    const text = [
      '# Start here',
      '[a](docs/b.md), [b](docs/b.md#two-words-and-code), [c](src/a.cs), [d](src), [e](#start-here)',
      '[f](https://example.com/nowhere), [g](mailto:a@example.com)',
    ];
    expect(
      check({
        'a.md': text.join('\n'),
        'docs/b.md': '# Two words, and `code`\n\n[back](../a.md#start-here)',
        'src/a.cs': '',
      }),
    ).toEqual([]);
  });

  it('finds a file that is not there, with the line of the link', () => {
    expect(check({ 'a.md': '# A\n\ntext\n\n[b](b.md)' })).toEqual(['a.md:5: b.md is not there']);
  });

  it('finds a heading that is not there, here and elsewhere', () => {
    expect(check({ 'a.md': '# A\n\n[x](#b) [y](b.md#a)', 'b.md': '# B' })).toEqual([
      'a.md:3: a.md has no heading #b',
      'a.md:3: b.md has no heading #a',
    ]);
  });

  it('finds a picture that is not there', () => {
    expect(check({ 'a.md': '![x](a.svg)' })).toEqual(['a.md:1: a.svg is not there']);
  });

  it('refuses links that leave the repository, which a reader elsewhere does not have', () => {
    expect(check({ 'a.md': '[x](../b.md) [y](/etc/hosts)' })).toEqual([
      'a.md:1: ../b.md leaves the repository',
      'a.md:1: /etc/hosts leaves the repository',
    ]);
  });

  it('counts equal headings, as GitHub does', () => {
    const text = '# Same\n\n# Same\n\n[1](#same) [2](#same-1) [3](#same-2)';
    expect(check({ 'a.md': text })).toEqual(['a.md:5: a.md has no heading #same-2']);
  });

  it('leaves alone what only looks like a link', () => {
    expect(check({ 'a.md': '`[x](b.md)`\n\n```\n[y](c.md)\n```' })).toEqual([]);
  });
});
