import type { HostTheme } from '@alga/host-bridge';

const SHARED = {
  '--alga-font-sans': 'system-ui, sans-serif',
  '--alga-radius-md': '8px',
};

/** The host's looks, which it also hands to extensions. */
export const THEMES: Readonly<Record<'light' | 'dark', HostTheme>> = {
  light: {
    colorScheme: 'light',
    tokens: {
      ...SHARED,
      '--alga-color-bg': '#f6f7f9',
      '--alga-color-surface': '#ffffff',
      '--alga-color-text': '#1a1f2b',
      '--alga-color-text-muted': '#555f71',
      '--alga-color-border': '#d5dae3',
      '--alga-color-accent': '#3452c8',
      '--alga-color-on-accent': '#ffffff',
      '--alga-color-danger': '#b3261e',
      '--alga-color-on-danger': '#ffffff',
      '--alga-color-success': '#1b7a43',
      '--alga-color-warning': '#8a5a00',
    },
  },
  dark: {
    colorScheme: 'dark',
    tokens: {
      ...SHARED,
      '--alga-color-bg': '#12151c',
      '--alga-color-surface': '#1b202a',
      '--alga-color-text': '#e8ebf2',
      '--alga-color-text-muted': '#a3adbf',
      '--alga-color-border': '#343c4b',
      '--alga-color-accent': '#8ea6ff',
      '--alga-color-on-accent': '#10162b',
      '--alga-color-danger': '#ff8a80',
      '--alga-color-on-danger': '#2b0b08',
      '--alga-color-success': '#6fd39a',
      '--alga-color-warning': '#f2b84b',
    },
  },
};

/** Puts a theme on the host's own page. */
export function applyTheme({ tokens, colorScheme }: HostTheme): void {
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(tokens)) style.setProperty(name, value);
  style.colorScheme = colorScheme;
}

/** What the system asks for. */
export function preferredScheme(): 'light' | 'dark' {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
