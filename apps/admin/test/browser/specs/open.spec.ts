import { expect, test } from '../support/test.ts';

test('the menu opens an extension where its manifest says, and deep links go both ways', async ({
  admin,
}) => {
  const { page } = admin;
  await admin.open('#/installed');
  await page.getByRole('link', { name: 'Reports', exact: true }).first().click();
  const frame = page.frameLocator('iframe[title="Reports"]');
  await expect(frame.locator('#path')).toHaveText('/agreements');

  await frame.getByRole('button', { name: 'go' }).click();
  await expect(page).toHaveURL(/#\/open\/com\.acme\.reports\/agreements\/7$/);
  await page.goBack();
  await expect(frame.locator('#path')).toHaveText('/agreements');
});

test('an extension calls its endpoints through the page, and never holds the token', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/open/com.acme.reports/');
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'fetch' }).click();

  await expect(frame.locator('#result')).toHaveText('agreements of ada');
  await expect(page.locator('iframe')).toHaveAttribute('sandbox', 'allow-scripts');
});

test('what an extension says and asks is drawn by the page and names it', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/open/com.acme.reports/');
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'toast' }).click();
  await expect(page.getByText('Saved the report')).toBeVisible();
  await expect(page.getByText('From Reports')).toBeVisible();

  await frame.getByRole('button', { name: 'ask' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send the report?' });
  await expect(dialog).toContainText('Reports asks');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(frame.locator('#result')).toHaveText('sent');
});

test('an extension follows the theme', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/open/com.acme.reports/');
  await page.getByRole('button', { name: 'Account: Ada' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();

  await expect(page.frameLocator('iframe').locator('#scheme')).toHaveText('dark');
});

test('an extension without pages, and one that is disabled, say so', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/open/com.acme.invoices/');
  await expect(page.getByText('Invoices has no pages of its own')).toBeVisible();
  await page.goto(`${admin.origin}/#/open/com.umbrella.labels/`);
  await expect(page.getByText('Labels is disabled')).toBeVisible();
});
