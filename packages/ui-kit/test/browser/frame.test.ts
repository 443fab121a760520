import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { extensionPolicy, startGallery, type GalleryServer } from './galleryServer.ts';
import { sectionIds } from './pages.ts';

let gallery: GalleryServer;
let browser: Browser;
let page: Page;
let frame: Frame;
/** What the browser refused or complained about since the last test began. */
let complaints: string[];

beforeAll(async () => {
  gallery = await startGallery();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(gallery.hostUrl);
  const found = page.frames().find((one) => one.url() === gallery.url);
  if (!found) throw new Error('The host page has no frame.');
  frame = found;
  await frame.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
});

afterAll(async () => {
  await browser.close();
  await gallery.close();
});

async function show(section: (typeof sectionIds)[number]): Promise<void> {
  await frame.evaluate((id) => {
    document.querySelector<HTMLElement>(`a[href="#/${id}"]`)?.click();
  }, section);
  await frame.locator(`a[href="#/${section}"][aria-current="page"]`).waitFor();
}

describe('in a sandboxed frame under the policy of an extension', () => {
  it('runs with an opaque origin and that policy', async () => {
    expect(await frame.evaluate(() => window.origin)).toBe('null');
    expect(extensionPolicy).toContain("default-src 'none'");
    await expect(frame.evaluate(() => window.localStorage.length)).rejects.toThrow(
      /SecurityError|Access is denied/,
    );
  });

  it.each(sectionIds)('%s shows without a complaint of the browser', async (section) => {
    complaints.length = 0;
    await show(section);
    await frame.getByRole('heading', { level: 1 }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('adds no style element and no script of its own', async () => {
    expect(await frame.evaluate(() => document.querySelectorAll('style, script:not([src])').length)).toBe(0);
  });

  it('opens dialog, select in the dialog, menu, tooltip, popover and date picker without a complaint', async () => {
    complaints.length = 0;
    await show('overlays');
    await frame.getByRole('button', { name: 'Open dialog' }).click();
    await frame.getByRole('dialog').getByRole('button', { name: /Plan/ }).click();
    await frame.getByRole('option', { name: 'Managed' }).click();
    await frame.getByRole('button', { name: 'Invite' }).click();
    await frame.getByText('Invitation sent').waitFor();
    await frame.getByRole('button', { name: 'Open popover' }).click();
    await frame.getByRole('dialog', { name: 'Who can see this' }).waitFor();
    await page.keyboard.press('Escape');
    // A first move, as a hand makes it: the pointer counts as in use only then.
    await frame.getByRole('heading', { level: 1 }).hover();
    await frame.getByRole('button', { name: 'Hover or focus me' }).hover();
    await frame.getByRole('tooltip').waitFor();

    await show('menus');
    await frame.getByRole('button', { name: 'Actions' }).click();
    await frame.getByRole('menuitem', { name: 'Delete' }).click();
    await frame.getByText('Chosen: delete').waitFor();

    await show('pickers');
    await frame.getByRole('group', { name: 'Starts' }).getByRole('button').click();
    await frame.getByRole('button', { name: /17 March 2026/ }).click();
    await expect.poll(() => frame.getByRole('group', { name: 'Starts' }).textContent()).toContain('17');
    expect(complaints).toEqual([]);
  });

  it('submits a form by its button and by Enter, and not while a field is missing', async () => {
    complaints.length = 0;
    await show('forms');
    const code = frame.getByRole('textbox', { name: 'Code' });
    await frame.getByRole('button', { name: 'Save agreement' }).click();
    await frame.getByText('NW-204 is taken.').waitFor();
    await code.fill('');
    await frame.getByRole('button', { name: 'Save agreement' }).click();
    await expect.poll(() => code.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await frame.getByText('Agreement saved').count()).toBe(0);
    await code.fill('NW-205');
    await page.keyboard.press('Enter');
    await frame.getByText('Agreement saved').waitFor();
    expect(complaints).toEqual([]);
  });

  it('chooses from a long list with the keyboard alone', async () => {
    await show('pickers');
    await frame.getByRole('button', { name: /Country/ }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('slov');
    await frame.getByRole('option', { name: 'Slovakia' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await frame.getByRole('button', { name: /Slovenia.*Country/ }).waitFor();
  });

  it('copies code though the clipboard API is refused', async () => {
    await show('details');
    await frame.getByRole('button', { name: 'Copy' }).first().click();
    await frame.getByRole('button', { name: 'Copied' }).waitFor();
    await show('fields');
    const notes = frame.getByRole('textbox', { name: 'Notes' });
    await notes.focus();
    await page.keyboard.press('Control+V');
    await expect.poll(() => notes.inputValue()).toContain('"com.acme.agreements",\n  "version"');
  });

  it('paints both themes at the word of the host', async () => {
    const ground = () => frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await frame.evaluate(() => {
      document.documentElement.setAttribute('data-theme', 'dark');
    });
    const dark = await ground();
    await frame.evaluate(() => {
      document.documentElement.setAttribute('data-theme', 'light');
    });
    expect(await ground()).not.toBe(dark);
  });
});
