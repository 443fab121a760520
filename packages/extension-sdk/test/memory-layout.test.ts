import { expect, test } from 'vitest';
import { likelySize } from '../src/build/engine/memory-layout.ts';

test.each([
  [0, 12],
  [30_000, 12],
  [40_000, 14],
  [70_000, 16],
  [100_000, 20],
  [600_000, 64],
  [1_000_000, undefined],
])(
  'a source of %i characters likely needs one of the sizes there are, or more than there is',
  (length, pages) => {
    expect(likelySize('x'.repeat(length))).toBe(pages);
  },
);
