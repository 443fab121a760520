import { expect, test } from '../support/test.ts';

test('signing in leads back to the place that was asked for', async ({ admin }) => {
  await admin.open('#/installed/com.acme.reports/versions');

  await expect(admin.page.getByRole('tab', { name: 'Versions', selected: true })).toBeVisible();
  expect(new URL(admin.page.url()).search).toBe('');
});

test('a reload keeps the sign-in, and signing out ends it', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/installed');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Installed extensions' })).toBeVisible();

  await page.getByRole('button', { name: 'Account: Ada' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('an answer that belongs to no sign-in of this tab is refused', async ({ admin }) => {
  await admin.page.goto(`${admin.origin}/?code=stolen&state=of-another`);

  await expect(admin.page.getByText('Sign-in did not work')).toBeVisible();
  expect(admin.registry.seen).toEqual([]);
  expect(new URL(admin.page.url()).search).toBe('');
});

test('a token that the registry refuses leads to signing in again', async ({ admin }) => {
  const { page, registry } = admin;
  await admin.open('#/installed');
  await expect(page.getByRole('button', { name: 'Restore Legacy import' })).toBeVisible();
  registry.failNext.set('GET /tenant/installs', { status: 401, code: 'unauthenticated', detail: 'Expired.' });
  await page.reload();

  await expect(page.getByText('Your sign-in has expired.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Ada' }).click();
  await expect(page.getByRole('heading', { name: 'Installed extensions' })).toBeVisible();
});

test('a user sees what is installed, and nothing to change', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/installed/com.acme.reports', 'grace');

  await expect(page.getByRole('tab')).toHaveText(['Overview', 'Permissions']);
  await page.getByRole('tab', { name: 'Permissions' }).click();
  await expect(page.getByText('Keep data')).toBeVisible();
  await expect(page.getByRole('switch')).toHaveCount(0);

  await page.goto(`${admin.origin}/#/audit`);
  await expect(page.getByRole('heading', { name: 'This page is not for your role' })).toBeVisible();
});

test('an operator starts in the catalogue', async ({ admin }) => {
  await admin.open('', 'olivia');

  await expect(admin.page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
  await expect(admin.page.getByRole('link', { name: 'Installed' })).toHaveCount(0);
});

test('the theme that somebody chose lasts', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/catalogue');
  await page.getByRole('button', { name: 'Account: Ada' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
