import type { Browser, Page } from 'playwright-core';
import { groups } from '../../gallery/groups.ts';

export const sectionIds = groups.flatMap((group) => group.ids);

interface SectionOptions {
  theme?: 'light' | 'dark';
  /** Of the window, in pixels. */
  width?: number;
}

/** Opens a section of the gallery in a page of its own, without motion. */
export async function openSection(
  browser: Browser,
  url: string,
  section: string,
  { theme, width = 1200 }: SectionOptions = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(`${url}#/${section}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  if (theme) {
    await page.evaluate((value) => {
      document.documentElement.setAttribute('data-theme', value);
    }, theme);
  }
  return page;
}
