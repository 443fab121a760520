import { setTheme, type ThemePreference } from '@alga/ui-kit';

const KEY = 'admin.theme';

/** Applies the theme that the reader chose on this device, if any. */
export function restoreTheme(): void {
  const stored = localStorage.getItem(KEY);
  if (stored === 'light' || stored === 'dark') setTheme(stored);
}

/** Applies a theme and keeps it for this device. */
export function chooseTheme(preference: ThemePreference): void {
  setTheme(preference);
  if (preference === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, preference);
}
