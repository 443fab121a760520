import { useSyncExternalStore } from 'react';

/** What is drawn. */
export type ResolvedTheme = 'light' | 'dark';

/** What is asked for; `system` follows the reader's operating system, or the embedding page's color scheme. */
export type ThemePreference = ResolvedTheme | 'system';

export interface Theme {
  /** What is drawn now. */
  theme: ResolvedTheme;
  /** What `data-theme` on the root element asks for; `system` when the attribute is absent. */
  preference: ThemePreference;
  /** Sets or, for `system`, removes `data-theme`. Nothing is stored: keep the choice where your app keeps its settings. */
  setTheme: (preference: ThemePreference) => void;
}

const darkQuery = '(prefers-color-scheme: dark)';

function readPreference(): ThemePreference {
  const value = document.documentElement.dataset['theme'];
  return value === 'light' || value === 'dark' ? value : 'system';
}

function readTheme(): ResolvedTheme {
  const preference = readPreference();
  if (preference !== 'system') return preference;
  return window.matchMedia(darkQuery).matches ? 'dark' : 'light';
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const media = window.matchMedia(darkQuery);
  media.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', changed);
  };
}

/** Sets the theme of the whole document. */
export function setTheme(preference: ThemePreference): void {
  if (preference === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = preference;
}

/** The document's theme; renders again when `data-theme` or the system's color scheme changes, whoever changed it. */
export function useTheme(): Theme {
  const theme = useSyncExternalStore<ResolvedTheme>(subscribe, readTheme, () => 'light');
  const preference = useSyncExternalStore<ThemePreference>(subscribe, readPreference, () => 'system');
  return { theme, preference, setTheme };
}
