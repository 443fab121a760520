import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { startGallery, type GalleryServer } from './galleryServer.ts';
import { openSection, sectionIds } from './pages.ts';

let gallery: GalleryServer;
let browser: Browser;

beforeAll(async () => {
  gallery = await startGallery();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await gallery.close();
});

/** What axe finds, serious or critical, each with the elements it is about. */
async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(sectionIds)('axe finds no serious fault in %s', async (section) => {
    const page = await openSection(browser, gallery.url, section, { theme });
    expect(await seriousFaults(page)).toEqual([]);
    await page.close();
  });

  it.each([
    ['overlays', 'Open dialog', 'dialog'],
    ['overlays', 'Confirm by typing', 'alertdialog'],
    ['overlays', 'Open drawer', 'dialog'],
    ['overlays', 'Open popover', 'dialog'],
    ['menus', 'Actions', 'menu'],
    ['menus', 'Columns', 'menu'],
    ['pickers', 'Managed Plan', 'listbox'],
    ['pickers', 'Choose a country Country', 'listbox'],
    ['feedback', 'With an action', 'alertdialog'],
  ] as const)('axe finds no serious fault in %s after “%s”', async (section, button, role) => {
    const page = await openSection(browser, gallery.url, section, { theme });
    await page.getByRole('button', { name: button }).click();
    await page.getByRole(role).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.close();
  });
});

describe('on a narrow screen', () => {
  it.each(sectionIds)('%s fits 360 pixels without scrolling sideways', async (section) => {
    const page = await openSection(browser, gallery.url, section, { width: 360 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(360);
    await page.close();
  });

  it('opens the navigation in a drawer', async () => {
    const page = await openSection(browser, gallery.url, 'overview', { width: 360 });
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Charts' }).click();
    await page.getByRole('heading', { level: 1, name: 'Charts' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.close();
  });
});

describe('column widths', () => {
  async function widthOf(page: Page, heading: string): Promise<number> {
    const box = await page.getByRole('columnheader', { name: heading }).first().boundingBox();
    return box?.width ?? 0;
  }

  it('change by dragging the handle', async () => {
    const page = await openSection(browser, gallery.url, 'data-table');
    const before = await widthOf(page, 'Customer');
    const handle = await page
      .getByRole('columnheader', { name: 'Customer' })
      .first()
      .locator('.alga-DataTable-resizer')
      .boundingBox();
    if (!handle) throw new Error('The heading has no handle.');
    const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => widthOf(page, 'Customer')).toBeCloseTo(before + 60, -1);
    await page.close();
  });

  it('change with arrow keys after Enter on the handle', async () => {
    const page = await openSection(browser, gallery.url, 'data-table');
    const before = await widthOf(page, 'Customer');
    const focused = () =>
      page.evaluate(() => {
        const heading = document.activeElement?.closest('[role=columnheader]');
        return `${heading?.textContent ?? ''} ${document.activeElement?.getAttribute('type') ?? ''}`;
      });
    await page.getByRole('row', { name: 'Northwind Traders' }).first().focus();
    for (let presses = 0; presses < 6; presses++) await page.keyboard.press('ArrowUp');
    for (let presses = 0; presses < 8 && (await focused()) !== 'Customer range'; presses++) {
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Enter');
    for (let presses = 0; presses < 4; presses++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => widthOf(page, 'Customer')).toBeGreaterThan(before + 20);
    await page.close();
  });
});

describe('a field’s error', () => {
  async function edgeOf(page: Page, button: string): Promise<{ x: number; y: number }> {
    const box = await page.getByRole('button', { name: button }).boundingBox();
    if (!box) throw new Error(`There is no button ${button}.`);
    return { x: box.x + box.width / 2, y: box.y + box.height - 3 };
  }

  async function pressAtItsEdge(page: Page, button: string): Promise<void> {
    const { x, y } = await edgeOf(page, button);
    await page.mouse.move(x, y);
    await page.mouse.down();
    expect(await edgeOf(page, button)).toEqual({ x, y });
    await page.mouse.up();
  }

  it('does not move the button that is being pressed when it goes', async () => {
    const page = await openSection(browser, gallery.url, 'forms');
    await page.getByRole('textbox', { name: 'Code' }).fill('');
    await page.getByRole('button', { name: 'Save agreement' }).press('Enter');
    await page.locator('.alga-Field-error').waitFor();
    await page.getByRole('textbox', { name: 'Code' }).fill('NW-205');
    await pressAtItsEdge(page, 'Save agreement');
    await page.getByText('Agreement saved').waitFor();
    await page.locator('.alga-Field-error').waitFor({ state: 'hidden' });
    await page.close();
  });

  it('does not move the button that is being pressed when it comes', async () => {
    const page = await openSection(browser, gallery.url, 'forms');
    await page.getByRole('textbox', { name: 'Code' }).fill('');
    await pressAtItsEdge(page, 'Save agreement');
    await page.locator('.alga-Field-error').waitFor();
    const description = await page.getByRole('textbox', { name: 'Code' }).getAttribute('aria-describedby');
    const error = await page.locator('.alga-Field-error').getAttribute('id');
    expect(description?.split(' ')).toContain(error);
    await page.close();
  });
});

describe('motion', () => {
  it('is off for readers who ask for less of it', async () => {
    const page = await openSection(browser, gallery.url, 'overlays');
    const duration = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--alga-duration-normal'),
    );
    expect(parseFloat(duration)).toBe(0);
    await page.close();
  });
});

describe('the theme', () => {
  it('follows the system while no attribute is set, and the attribute otherwise', async () => {
    const page = await openSection(browser, gallery.url, 'overview');
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.evaluate(() => {
      document.documentElement.setAttribute('data-theme', 'light');
    });
    expect(await ground()).toBe(light);
    await page.close();
  });
});
