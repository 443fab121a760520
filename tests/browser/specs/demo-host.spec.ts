// The demo host as it is built, with an extension in it.
import type { FrameLocator, Page } from '@playwright/test';
import { type DemoServer, startDemoServer, tokenOf } from '../fixtures/demo-server.ts';
import { expect, test } from '../fixtures/test.ts';
import { startUiServer } from '../fixtures/ui-server.ts';

async function openAs(page: Page, demo: DemoServer, hash: string): Promise<FrameLocator> {
  await page.goto(`${demo.origin}/${hash}`);
  await page.getByRole('button', { name: 'ada@acme.example' }).click();
  const frame = page.frameLocator('iframe[title=Good]');
  await expect(frame.locator('#result')).toHaveText('ready');
  return frame;
}

test.describe('the demo host', () => {
  test('opens an extension at a deep link, for the user who signed in', async ({ page, demo }) => {
    const frame = await openAs(page, demo, '#/com.good.app/agreements/7?tab=notes');
    await expect(frame.locator('#path')).toHaveText('/agreements/7?tab=notes');
    await expect(frame.locator('#context')).toHaveText('com.good.app Ada en-US');
    await frame.locator('#fetch').click();
    await expect(frame.locator('#result')).toContainText('/api/ext/com.good.app/agreements?x=1');
    expect(demo.calls.at(-1)?.headers.authorization).toMatch(/^Bearer .+\.canary$/);
    await expect(frame.locator('body')).not.toContainText('canary');
  });

  test('takes a pasted token, and refuses what is none', async ({ page, demo }) => {
    await page.goto(`${demo.origin}/#/com.good.app/`);
    await page.getByLabel(/access token/).fill('nonsense');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect(page.getByRole('alert')).toHaveText('That is not a token.');
    await page.getByLabel(/access token/).fill(tokenOf('Grace'));
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect(page.frameLocator('iframe').locator('#context')).toContainText('Grace');
  });

  test('keeps the extension’s place in the URL, through back, forward and reload', async ({ page, demo }) => {
    const frame = await openAs(page, demo, '#/com.good.app/agreements/7');
    await frame.locator('#navigate').click();
    await expect(page).toHaveURL(/#\/com\.good\.app\/agreements\/8$/);
    await page.goBack();
    await expect(frame.locator('#path')).toHaveText('/agreements/7');
    await page.goForward();
    await expect(frame.locator('#path')).toHaveText('/agreements/8');
    await page.reload();
    await expect(frame.locator('#path')).toHaveText('/agreements/8');
  });

  test('keeps the place when the frame reloads itself', async ({ page, demo }) => {
    const frame = await openAs(page, demo, '#/com.good.app/agreements/7');
    await frame.locator('#navigate').click();
    await expect(page).toHaveURL(/agreements\/8$/);
    await frame.locator('#reload').click();
    await expect(frame.locator('#result')).toHaveText('ready');
    await expect(frame.locator('#path')).toHaveText('/agreements/8');
  });

  test('switches the theme of itself and of the extension', async ({ page, demo }, info) => {
    await page.emulateMedia({ colorScheme: 'light' });
    const frame = await openAs(page, demo, '#/com.good.app/');
    await expect(frame.locator('#scheme')).toHaveText('light');
    await page.screenshot({ path: info.outputPath('light.png') });
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await expect(frame.locator('#scheme')).toHaveText('dark');
    await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(18, 21, 28)');
    await page.screenshot({ path: info.outputPath('dark.png') });
  });

  test('draws notices and questions, and says who they are from', async ({ page, demo }, info) => {
    const frame = await openAs(page, demo, '#/com.good.app/');
    await frame.locator('#toast').click();
    await expect(page.getByRole('status')).toHaveText('GoodSaved');

    await frame.locator('#yes').click();
    const dialog = page.getByRole('dialog', { name: 'Say yes' });
    await expect(dialog).toContainText('Good asks');
    await page.screenshot({ path: info.outputPath('dialog.png') });
    await page.keyboard.press('Escape');
    await expect(frame.locator('#result')).toHaveText('confirmed: false');

    await frame.locator('#yes').click();
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(frame.locator('#result')).toHaveText('confirmed: true');
    await expect(dialog).toBeHidden();
  });

  test('gives the frame the height of its content', async ({ page, demo }) => {
    const frame = await openAs(page, demo, '#/com.good.app/');
    await frame.locator('#grow').click();
    await expect(page.locator('iframe')).toHaveCSS('height', '1234px');
  });

  test('goes from one extension to another, each in a frame of its own', async ({ page, demo }) => {
    await openAs(page, demo, '#/com.good.app/');
    await page.getByRole('link', { name: 'Evil' }).click();
    await expect(page.locator('iframe')).toHaveAttribute('title', 'Evil');
    await expect(page.locator('iframe')).toHaveCount(1);
    await page.goBack();
    await expect(page.frameLocator('iframe[title=Good]').locator('#result')).toHaveText('ready');
  });

  test('follows its configuration where that says so', async ({ page, servers }) => {
    const demo = await startDemoServer();
    const ui = await startUiServer(servers.extensions, demo.origin);
    demo.offer(ui, { 'com.good.app': 'Good' }, true);
    await openAs(page, demo, '#/com.good.app/');
    demo.offer(ui, { 'com.good.app': 'Better', 'com.evil.app': 'Evil' }, true);
    await expect(page.locator('iframe')).toHaveAttribute('title', 'Better');
    await expect(page.getByRole('link', { name: 'Evil' })).toBeVisible();
    await Promise.all([demo.close(), ui.close()]);
  });
});
