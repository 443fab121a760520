import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareChangelogs } from '../../src/changes/compareChangelogs.ts';
import { canBeLaidOut } from '../../src/common/layOut.ts';
import { linksIn, MAX_SECTIONS, parseChangelog } from '../../src/changes/parseChangelog.ts';

const OLD = `# Changelog

All notable changes.

## [Unreleased]

## [1.0.0] - 2026-01-01

### Added
- The first version.

[1.0.0]: https://acme.example/1.0.0
`;

const NEW = `# Changelog

All notable changes.

## [Unreleased]

## [1.1.0] - 2026-02-01

### Added
- Labels, see [the plan][plan].

\`\`\`
## 9.9.9 is an example
\`\`\`

## [1.0.1] - 2026-01-15

### Fixed
- Sums.

## [1.0.0] - 2026-01-01

### Added
- The first version.

[1.1.0]: https://acme.example/1.1.0
[1.0.0]: https://acme.example/1.0.0
[plan]: https://acme.example/plan
`;

const told = (version: string, changelog: string | null) => ({ version, changelog });

function versionsOf(news: ReturnType<typeof compareChangelogs>) {
  if (news.kind !== 'sections') throw new Error(news.kind);
  return news.sections.map(({ version, isReworded }) => (isReworded ? `${version ?? ''} reworded` : version));
}

/** Texts of about so many characters. */
function hostile(length: number): Readonly<Record<string, string>> {
  const fill = (part: string) => part.repeat(length / part.length);
  return {
    quotes: fill('>'),
    lists: fill('- '),
    brackets: fill('['),
    links: fill('[a]('),
    pictures: fill('![a]'),
    rows: `|a|\n|-|\n${fill('|a|\n')}`,
    targets: fill('[a]: b\n'),
    references: `[a]: b\n${fill('[a]')}`,
    versions: fill('## 1.0.0\na\n'),
    tildes: fill('~a~'),
    underlined: fill('1.0.0\n-----\n\n'),
    spaces: `## 1.0.0${fill(' ')}a`,
  };
}

describe('a changelog', () => {
  it.each([
    ['## [1.2.0] - 2026-03-01', '1.2.0', '1.2.0 - 2026-03-01'],
    ['# 1.2.0', '1.2.0', '1.2.0'],
    ['### v1.2.0 (2026-03-01)', '1.2.0', 'v1.2.0 (2026-03-01)'],
    ['## 1.2.0-rc.1: Names', '1.2.0-rc.1', '1.2.0-rc.1: Names'],
    ['# [1.2.0](https://acme.example/compare) (2026-03-01)', '1.2.0', '1.2.0 (2026-03-01)'],
    ['1.2.0\n-----', '1.2.0', '1.2.0'],
    ['1.2.0\n=====', '1.2.0', '1.2.0'],
    ['## 1.2.0 ##', '1.2.0', '1.2.0'],
    ['<!-- a comment -->\n## **1.2.0**', '1.2.0', '1.2.0'],
    ['## [Unreleased]', null, 'Unreleased'],
  ])('has a section below %s', (heading, version, title) => {
    expect(parseChangelog(`${heading}\n\n- Words.\n`).sections).toMatchObject([
      { version, title, body: '- Words.' },
    ]);
  });

  it.each([
    '## 1.2',
    '## 1.2.0.4',
    '## Version 1.2.0 of it',
    '## 01.2.0',
    '1.2.0',
    '> ## 1.2.0',
    '```\n## 1.2.0\n```',
    '~~~~\n```\n## 1.2.0\n~~~\n~~~~',
    '<!--\n## 1.2.0\n-->',
    '    ## 1.2.0',
    'Words\n1.2.0\n-----',
    `## 1.2.0 ${'long '.repeat(200)}`,
  ])('has none below %s', (text) => {
    expect(parseChangelog(`${text}\n\n- Words.\n`).sections).toEqual([]);
  });

  it('keeps what stands below other headings with the version before them, and link targets apart', () => {
    const { sections, links } = parseChangelog(NEW);
    expect(sections.map(({ version }) => version)).toEqual([null, '1.1.0', '1.0.1', '1.0.0']);
    expect(sections[1]?.body).toContain('## 9.9.9 is an example');
    expect(sections.at(-1)?.body).toBe('### Added\n- The first version.');
    expect([...links.keys()]).toEqual(['1.1.0', '1.0.0', 'plan']);
  });

  it('gives back each section that it is made of, whatever the words', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9.,:!?-]{1,12}$/);
    const line = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => `- ${words.join(' ')}`);
    const version = fc
      .tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.constantFrom('', '-rc.1', '-beta'))
      .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);
    const section = fc.record({ version, body: fc.array(line, { minLength: 1, maxLength: 5 }) });
    const style = fc.constantFrom(
      (of: string) => `## [${of}] - 2026-01-01`,
      (of: string) => `## ${of}`,
      (of: string) => `# v${of}`,
    );
    fc.assert(
      fc.property(fc.array(section, { maxLength: 8 }), style, (sections, heading) => {
        const text = sections.map((one) => `${heading(one.version)}\n\n${one.body.join('\n')}\n`).join('\n');
        expect(
          parseChangelog(`# Changelog\n\n${text}`).sections.map((one) => [one.version, one.body]),
        ).toEqual(sections.map((one) => [one.version, one.body.join('\n')]));
      }),
    );
  });

  it('gives the link targets that a text refers to', () => {
    const { links } = parseChangelog(NEW);
    expect(linksIn('See [the plan][Plan] and [1.1.0].', links)).toBe(
      '[plan]: https://acme.example/plan\n[1.1.0]: https://acme.example/1.1.0',
    );
    expect(linksIn('See [nothing].', links)).toBe('');
  });

  it('has so many sections at most, and what follows belongs to the last', () => {
    const text = Array.from({ length: MAX_SECTIONS + 2 }, (_, index) => `## 1.${index}.0\n\nWords.\n`).join(
      '\n',
    );
    const { sections } = parseChangelog(text);
    expect(sections).toHaveLength(MAX_SECTIONS);
    expect(sections.at(-1)?.body).toContain(`## 1.${MAX_SECTIONS + 1}.0`);
  });

  // Parsers of Markdown take from ten seconds to for ever for these.
  it.each(Object.entries(hostile(256 * 1024)))(
    'that is hostile is compared and not laid out: %s',
    (_, text) => {
      const news = compareChangelogs(told('1.0.0', text), told('1.1.0', `${text}\n\n## 1.1.0\n\nWords.\n`));
      expect(news.kind).toBe('sections');
      expect(canBeLaidOut(text)).toBe(false);
    },
  );

  it('that is short and deeply nested is not laid out, and one that people write is', () => {
    expect(canBeLaidOut(`${'>'.repeat(40)} a`)).toBe(false);
    expect(canBeLaidOut(`Words\n${'- '.repeat(40)}a`)).toBe(false);
    expect(canBeLaidOut(`${'> '.repeat(8)}a\n\n${'-'.repeat(80)}\n\n${NEW}`)).toBe(true);
  });

  it('is read to the end, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const { sections } = parseChangelog(text);
        for (const { body } of sections) expect(text).toContain(body);
      }),
    );
  });
});

describe('what a changelog says beyond another', () => {
  it('is the sections of the versions between', () => {
    expect(versionsOf(compareChangelogs(told('1.0.0', OLD), told('1.1.0', NEW)))).toEqual(['1.1.0', '1.0.1']);
    expect(versionsOf(compareChangelogs(told('1.0.1', NEW), told('1.1.0', NEW)))).toEqual(['1.1.0']);
  });

  it('is those too where the installed version has no changelog, and nothing of before', () => {
    expect(versionsOf(compareChangelogs(told('1.0.0', null), told('1.1.0', NEW)))).toEqual([
      '1.1.0',
      '1.0.1',
    ]);
  });

  it('has a section between even where the installed changelog had the same words ahead of time', () => {
    expect(versionsOf(compareChangelogs(told('1.0.0', NEW), told('1.1.0', NEW)))).toEqual(['1.1.0', '1.0.1']);
  });

  it('has earlier versions that are told in other words, and says so', () => {
    const reworded = NEW.replace('The first version.', 'The first version, with a back door.');
    expect(versionsOf(compareChangelogs(told('1.0.1', NEW), told('1.1.0', reworded)))).toEqual([
      '1.1.0',
      '1.0.0 reworded',
    ]);
  });

  it('has what is not released where that is new', () => {
    const news = compareChangelogs(
      told('1.0.0', OLD),
      told('1.1.0', OLD.replace('[Unreleased]\n', '[Unreleased]\n\n- Labels.\n')),
    );
    expect(news).toMatchObject({ sections: [{ version: null, body: '- Labels.' }] });
  });

  it('is the lines that were added where no heading names a version', () => {
    expect(
      compareChangelogs(told('1.0.0', '- One\n- Two\n'), told('1.1.0', '- Three\n- Two\n- One\n- One\n')),
    ).toEqual({
      kind: 'lines',
      added: '- Three\n- One',
    });
    expect(compareChangelogs(told('1.0.0', null), told('1.1.0', '- One\n'))).toEqual({
      kind: 'lines',
      added: '- One',
    });
  });

  it('is nothing where there is no changelog', () => {
    expect(compareChangelogs(told('1.0.0', OLD), told('1.1.0', null))).toEqual({ kind: 'none' });
  });

  it('loses no line: each is among those of before or among the added', () => {
    const lines = fc.array(fc.constantFrom('- a', '- b', '- c', 'd'), { maxLength: 12 });
    const sorted = (text: string) => text.split('\n').filter(Boolean).sort();
    fc.assert(
      fc.property(lines, lines, (before, more) => {
        const news = compareChangelogs(
          told('1.0.0', before.join('\n')),
          told('1.1.0', [...more, ...before].join('\n')),
        );
        expect(news.kind === 'lines' ? sorted(news.added) : news).toEqual([...more].sort());
      }),
    );
  });
});
