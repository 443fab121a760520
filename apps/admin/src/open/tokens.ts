// Of the kit's tokens, those that a foreign page needs to look at home here.
const NAMES = [
  '--alga-color-bg',
  '--alga-color-surface',
  '--alga-color-text',
  '--alga-color-text-muted',
  '--alga-color-border',
  '--alga-color-accent',
  '--alga-color-on-accent',
  '--alga-color-danger',
  '--alga-color-on-danger',
  '--alga-color-success',
  '--alga-color-warning',
  '--alga-font-sans',
  '--alga-radius-md',
] as const;

/** The page's tokens in one theme, by name. */
export function readTokens(theme: 'light' | 'dark'): Readonly<Record<string, string>> {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, pick(style.getPropertyValue(name).trim(), theme)]));
}

// A custom property is handed out as it is written, `light-dark(a, b)`; the frame gets the one color that holds.
function pick(value: string, theme: 'light' | 'dark'): string {
  const [, light = '', dark = ''] = /^light-dark\((.+?),\s*(#[0-9a-f]+|rgb.+)\)$/i.exec(value) ?? [];
  if (light === '') return value.replace(/\s+/g, ' ');
  return theme === 'light' ? light : dark;
}
