import { expect, test } from '../support/test.ts';

const CALENDAR = '/tenant/installs/com.globex.calendar';

test('an admin installs with exactly what they allow, and sees what will not work without the rest', async ({
  admin,
}) => {
  const { page } = admin;
  await admin.open('#/catalogue/com.globex.calendar');
  await page.getByRole('link', { name: 'Install', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Allow 4 permissions and install' })).toBeVisible();

  await page.getByRole('switch', { name: 'Allow: Connect to every host below dav.example' }).press('Space');
  await expect(page.getByText('Requests to *.dav.example fail.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Greeting' }).fill('Good morning');
  await page.getByRole('radio', { name: 'Corrections', exact: true }).press('Space');
  await page.getByRole('button', { name: 'Install with 3 of 4 permissions' }).click();

  await expect(page.getByText('Calendar sync is installed')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Secrets', selected: true })).toBeVisible();
  expect(admin.last('PUT', CALENDAR)?.body).toEqual({
    version: '1.0.0',
    grants: { capabilities: ['http.fetch', 'storage.kv'], egress: ['calendar.example'] },
    config: { greeting: 'Good morning', format: 'pdf', rows: 50 },
    policy: 'patch',
  });
});

test('nothing is installed before the admin consents', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/install/com.globex.calendar/1.0.0');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.getByRole('tab', { name: 'About' })).toBeVisible();

  expect(admin.last('PUT', CALENDAR)).toBeUndefined();
});

test('a refusal of the registry is told with its reason, and what was chosen stays', async ({ admin }) => {
  const { page, registry } = admin;
  await admin.open('#/install/com.globex.calendar/1.0.0');
  await page.getByRole('switch', { name: 'Allow: Keep data' }).press('Space');
  registry.failNext.set(`PUT ${CALENDAR}`, {
    status: 422,
    code: 'signature_invalid',
    detail: 'No trusted key signed it.',
  });
  await page.getByRole('button', { name: 'Install with 3 of 4 permissions' }).click();

  await expect(page.getByRole('alert')).toContainText('The signature does not hold');
  await expect(page.getByRole('alert')).toContainText('No trusted key signed it.');
  await expect(page.getByRole('switch', { name: 'Allow: Keep data' })).not.toBeChecked();
});

test('settings that the schema refuses are told at their fields', async ({ admin }) => {
  const { page, registry } = admin;
  await admin.open('#/install/com.globex.calendar/1.0.0');
  registry.failNext.set(`PUT ${CALENDAR}`, {
    status: 400,
    code: 'invalid_request',
    detail:
      "config does not fit this version's schema: #/greeting: PatternMismatch; #/mail.port: NumberTooBig.",
  });
  await page.getByRole('button', { name: 'Allow 4 permissions and install' }).click();

  await expect(page.getByText('Greeting does not have the expected form.')).toBeVisible();
  await expect(page.getByText('Port is too large.')).toBeVisible();
});

test('the whole form can be filled in by keyboard', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/install/com.umbrella.labels/1.0.0');
  await page.getByRole('link', { name: 'Go to the installed one' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await page.getByRole('tab', { name: 'Overview' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Settings', selected: true })).toBeVisible();
});

test('an uninstalled extension can be restored', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/installed');
  await page.getByRole('button', { name: 'Restore Legacy import' }).click();

  await expect(page.getByText('Legacy import is restored')).toBeVisible();
  await expect(
    page.locator('.Row').filter({ hasText: 'com.initech.legacy' }).getByText('Enabled'),
  ).toBeVisible();
});
