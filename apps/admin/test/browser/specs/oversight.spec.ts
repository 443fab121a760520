import { expect, test } from '../support/test.ts';

test('an admin finds out who changed what', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/installed/com.acme.reports/permissions');
  await page.getByRole('switch', { name: 'Allow: Keep data' }).press('Space');
  await page.getByRole('button', { name: 'Save permissions' }).click();
  await expect(page.getByText('Permissions saved')).toBeVisible();
  await page.getByRole('link', { name: 'See the audit log' }).click();

  await expect(page.getByRole('textbox', { name: 'Extension' })).toHaveValue('com.acme.reports');
  await page.getByRole('row').filter({ hasText: 'install.grants' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('ada@acme.example');
  await expect(drawer.getByText('"storage.kv"').first()).toBeVisible();
});

test('an operator revokes a version with a reason, and takes it back', async ({ admin }) => {
  const { page, registry } = admin;
  await admin.open('#/revocation', 'olivia');
  await page.getByRole('textbox', { name: 'Extension' }).fill('com.acme.reports');
  await page.getByRole('button', { name: 'Find versions' }).click();
  await page.getByRole('button', { name: 'Revoke 1.5.0' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('It leaks addresses.');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('Version 1.5.0 is revoked')).toBeVisible();
  expect(registry.data.revoked.has('com.acme.reports@1.5.0')).toBe(true);

  await page.getByRole('button', { name: 'Take back the revocation of 1.5.0' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('False alarm.');
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByText('Version 1.5.0 may run again')).toBeVisible();
  expect(registry.data.revoked.size).toBe(0);
});

test('an operator retires a key', async ({ admin }) => {
  const { page, registry } = admin;
  await admin.open('#/keys/acme', 'olivia');
  await page.getByRole('button', { name: /^Retire key/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retire' }).click();

  await expect(page.getByRole('button', { name: /^Retire key/ })).toHaveCount(0);
  expect(registry.data.keys.get('acme')?.[0]?.status).toBe('retired');
});

test('a publisher sees their own keys and may revoke, but not take back', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/keys', 'dev');
  await expect(page.getByText('Added at the registry')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Publisher' })).toHaveCount(0);

  await page.goto(`${admin.origin}/#/revocation/com.acme.reports`);
  await page.getByRole('button', { name: 'Revoke 1.5.0' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('It leaks addresses.');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('Version 1.5.0 is revoked')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Revoke 1.5.0' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Take back/ })).toHaveCount(0);
});

test('a publisher that is not there is told', async ({ admin }) => {
  await admin.open('#/keys/nobody', 'olivia');
  await expect(admin.page.getByRole('alert')).toContainText('There is no publisher nobody.');
});
