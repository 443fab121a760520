import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Problem } from '../../src/api/problem.ts';
import { problemText } from '../../src/common/problemText.ts';
import { texts } from '../../src/texts.ts';

/** What only publishers are answered, who do not work here. */
const forPublishers = new Set(['bundle_invalid', 'manifest_invalid', 'version_exists']);

const routes = readFileSync(
  new URL('../../../../docs/reference/registry-routes.md', import.meta.url),
  'utf8',
);

it('has words of its own for every problem that a route of the registry answers', () => {
  const codes = new Set(
    [...routes.matchAll(/^Problems: (.*)$/gm)].flatMap(([, line = '']) =>
      [...line.matchAll(/`([a-z_]+)`/g)].map(([, code = '']) => code),
    ),
  );
  expect(codes.size).toBeGreaterThan(10);
  expect([...codes].filter((code) => !forPublishers.has(code) && !(code in texts.problems))).toEqual([]);
});

it('says what a problem means here, then what the platform said', () => {
  const problem = new Problem(
    'body_too_slow',
    408,
    'The body arrived at less than 4096 bytes a second.',
    'id',
  );
  expect(problemText(problem)).toEqual({
    title: 'Your connection was too slow',
    detail:
      'What you sent did not arrive in time; nothing was changed. The body arrived at less than 4096 bytes a second.',
    requestId: 'id',
  });
});

it('leaves a problem that it does not know to the platform’s words', () => {
  expect(problemText(new Problem('constructor', 400, 'As the platform said.', null))).toEqual({
    title: texts.problemFallback,
    detail: 'As the platform said.',
    requestId: null,
  });
});
