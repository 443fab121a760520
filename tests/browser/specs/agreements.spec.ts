// The agreements sample as it is built, in the demo host as it is built.
import { AxeBuilder } from '@axe-core/playwright';
import type { FrameLocator, Page } from '@playwright/test';
import type { DemoServer } from '../fixtures/demo-server.ts';
import { expect, test } from '../fixtures/test.ts';

const extension = 'com.alga.samples.agreements';

async function open(page: Page, demo: DemoServer, path = '/'): Promise<FrameLocator> {
  await page.goto(`${demo.origin}/#/${extension}${path}`);
  await page.getByRole('button', { name: 'ada@acme.example' }).click();
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();
  return frame;
}

async function withExamples(page: Page, demo: DemoServer): Promise<FrameLocator> {
  const frame = await open(page, demo);
  await frame.getByRole('button', { name: 'Add examples' }).click();
  await expect(frame.getByRole('link', { name: 'Contoso' })).toBeVisible();
  return frame;
}

test.describe('the agreements sample', () => {
  test('lists, searches and sorts, in both themes', async ({ page, agreements }, info) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const frame = await withExamples(page, agreements);
    await expect(frame.getByText('€12,490')).toBeVisible();
    await page.screenshot({ path: info.outputPath('list-light.png'), fullPage: true });

    await frame.getByRole('columnheader', { name: 'Monthly' }).click();
    await expect(frame.getByRole('row').nth(1)).toContainText('Adventure Works');
    await frame.getByRole('searchbox').fill('fab');
    await expect(frame.getByRole('row')).toHaveCount(2);

    await page.getByRole('button', { name: 'Dark theme' }).click();
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.screenshot({ path: info.outputPath('list-dark.png'), fullPage: true });
    expect(complaints).toEqual([]);
  });

  test('opens an agreement, changes it by keyboard, and keeps the place over a reload', async ({
    page,
    agreements,
  }, info) => {
    const frame = await withExamples(page, agreements);
    await frame.getByRole('link', { name: 'Contoso' }).press('Enter');
    await expect(frame.getByRole('heading', { level: 1, name: 'Contoso' })).toBeVisible();
    await page.reload();
    await expect(frame.getByRole('heading', { level: 1, name: 'Contoso' })).toBeVisible();

    await frame.getByRole('button', { name: 'Edit' }).press('Enter');
    await expect(page).toHaveURL(/\/edit$/);
    await page.screenshot({ path: info.outputPath('form.png'), fullPage: true });
    await frame.getByRole('textbox', { name: 'Customer' }).fill('Contoso Ltd');
    await page.keyboard.press('Enter');
    // The notice first: it goes by itself.
    await expect(page.getByRole('status')).toContainText('Agreement saved.');
    await expect(frame.getByRole('heading', { level: 1, name: 'Contoso Ltd' })).toBeVisible();
  });

  test('shows what is wrong at its field', async ({ page, agreements }) => {
    const frame = await open(page, agreements, '/agreements/new');
    await frame.getByRole('button', { name: 'Save' }).click();
    await expect(frame.getByRole('textbox', { name: 'Customer' })).toBeFocused();
    // Spaces pass the browser's check, and not the server's.
    await frame.getByRole('textbox', { name: 'Customer' }).fill('  ');
    for (const [name, digits] of [
      ['Starts', '01012026'],
      ['Ends', '12312026'],
    ] as const) {
      await frame.getByRole('group', { name }).getByRole('spinbutton').first().click();
      await page.keyboard.type(digits);
    }
    // Leaving the last field takes its message away, and the button stays under the pointer all the same.
    await frame.getByRole('button', { name: 'Save' }).click();
    await expect(frame.getByText('A customer has 1 to 120 characters.')).toBeVisible();
  });

  test('deletes only after the host has asked', async ({ page, agreements }) => {
    const frame = await withExamples(page, agreements);
    await frame.getByRole('link', { name: 'Litware' }).click();
    await frame.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expect(frame.getByRole('heading', { level: 1, name: 'Litware' })).toBeVisible();
    await frame.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(frame.getByRole('heading', { level: 1, name: 'Agreements' })).toBeVisible();
    await expect(frame.getByRole('link', { name: 'Contoso' })).toBeVisible();
    await expect(frame.getByRole('link', { name: 'Litware' })).toHaveCount(0);
  });

  test('tells why a sync does not work', async ({ page, agreements }) => {
    const frame = await open(page, agreements);
    await frame.getByRole('button', { name: 'Sync' }).click();
    await expect(page.getByRole('status')).toContainText('has to store the secret crm-api-key');
  });

  test('a link to nothing says so', async ({ page, agreements }) => {
    await page.goto(`${agreements.origin}/#/${extension}/agreements/none`);
    await page.getByRole('button', { name: 'ada@acme.example' }).click();
    await expect(page.frameLocator('iframe').getByText('There is no such agreement.')).toBeVisible();
  });

  for (const path of ['/', '/agreements/new']) {
    test(`axe finds no serious fault at ${path}`, async ({ page, agreements }) => {
      const frame = path === '/' ? await withExamples(page, agreements) : await open(page, agreements, path);
      // For some seconds after a button was pending, React Aria keeps an announcement whose label is gone.
      await page.reload();
      await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();
      if (path === '/') await expect(frame.getByRole('link', { name: 'Contoso' })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('iframe').analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    });
  }
});
