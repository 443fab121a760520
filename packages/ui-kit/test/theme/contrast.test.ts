import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../src/theme/tokens.css'), 'utf8');
const themes = ['light', 'dark'] as const;

/** Each color token's two values, as written in the stylesheet. */
const tokens = new Map(
  [...css.matchAll(/--alga-color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string, theme: (typeof themes)[number]): number {
  const [first, second] = [a, b].map((name) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`There is no color token ${name}.`);
    return luminance(token[theme]);
  }) as [number, number];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

const grounds = ['bg', 'surface', 'surface-sunken', 'surface-raised'];
const textPairs = [
  ...grounds.flatMap((ground) =>
    [
      'text',
      'text-muted',
      'text-subtle',
      'accent-text',
      'success-text',
      'warning-text',
      'danger-text',
      'info-text',
    ].map((text) => [text, ground] as const),
  ),
  ...['text', 'text-muted'].flatMap((text) =>
    ['hover', 'active', 'accent-subtle'].map((ground) => [text, ground] as const),
  ),
  ...['accent', 'accent-hover', 'accent-active'].map((ground) => ['on-accent', ground] as const),
  ...['danger', 'danger-hover'].map((ground) => ['on-danger', ground] as const),
  ...['info', 'success', 'warning', 'danger'].flatMap((tone) => [
    [`${tone}-text`, `${tone}-subtle`] as const,
    ['text', `${tone}-subtle`] as const,
    ['accent-text', `${tone}-subtle`] as const,
  ]),
  ['accent-text', 'accent-subtle'] as const,
];
const shapePairs = [
  ...['border-control', 'focus', 'accent', 'danger'].flatMap((shape) =>
    ['bg', 'surface', 'surface-raised'].map((ground) => [shape, ground] as const),
  ),
  ...[1, 2, 3, 4, 5, 6].map((series) => [`chart-${series}`, 'surface'] as const),
];

describe.each(themes)('the %s theme', (theme) => {
  it.each(textPairs)('shows %s on %s with a contrast of 4.5 or more', (text, ground) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapePairs)('shows the shape %s on %s with a contrast of 3 or more', (shape, ground) => {
    expect(contrast(shape, ground, theme)).toBeGreaterThanOrEqual(3);
  });
});
