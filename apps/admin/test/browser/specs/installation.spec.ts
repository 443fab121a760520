import type { Install } from '../../../src/api/types.ts';
import { expect, test } from '../support/test.ts';

const REPORTS = '#/installed/com.acme.reports';
const API = '/tenant/installs/com.acme.reports';

test('settings are edited in a form and saved against the revision that was read', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/configuration`);
  await page.getByRole('textbox', { name: 'Greeting' }).fill('Hi');
  await page.getByRole('switch', { name: 'Send a summary every week' }).press('Space');
  await page.getByRole('textbox', { name: 'Recipients' }).fill('a@acme.example\n\nb@acme.example');
  await page.getByRole('checkbox', { name: 'Wed' }).press('Space');
  await page.getByRole('textbox', { name: 'Host' }).fill('');
  await page.getByRole('button', { name: 'Save' }).click();

  await expect(page.getByText('Settings saved')).toBeVisible();
  const put = admin.last('PUT', `${API}/config`);
  expect(put?.body).toEqual({
    greeting: 'Hi',
    format: 'pdf',
    mail: { port: 587 },
    weekly: true,
    recipients: ['a@acme.example', 'b@acme.example'],
    days: ['Wed'],
  });
  expect(put?.ifMatch).toBe('"3"');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('settings can be edited as JSON, and what is no JSON cannot be saved', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/configuration`);
  await page.getByRole('radio', { name: 'JSON' }).click();
  const text = page.getByRole('textbox', { name: 'Settings as JSON' });
  await text.fill('{ "greeting": ');
  await expect(page.getByText('This is not JSON.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();

  await text.fill('{ "greeting": "Hi", "rows": 501 }');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('rows is too large.')).toBeVisible();
});

test('of two admins the second is told, and sees what the first did', async ({ admin }) => {
  const { page, registry } = admin;
  await admin.open(`${REPORTS}/permissions`);
  await page.getByRole('switch', { name: 'Allow: Report measurements' }).press('Space');
  const install = registry.data.installs.get('com.acme.reports');
  if (install === undefined) throw new Error('Not installed.');
  registry.data.installs.set(install.name, {
    ...install,
    revision: install.revision + 1,
    grants: { capabilities: ['metrics.emit'], egress: [] },
    missing: { capabilities: ['secrets.get', 'storage.kv'], egress: [] },
  });
  await page.getByRole('button', { name: 'Save permissions' }).click();

  await expect(page.getByText('Somebody else changed this meanwhile')).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Allow: Keep data' })).not.toBeChecked();
  expect(registry.data.installs.get('com.acme.reports')?.grants.capabilities).toEqual(['metrics.emit']);
});

test('a permission can be taken away', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/permissions`);
  await page.getByRole('switch', { name: 'Allow: Keep data' }).press('Space');
  await expect(page.getByText('1 taken away')).toBeVisible();
  await page.getByRole('button', { name: 'Save permissions' }).click();

  await expect(page.getByText('Permissions saved')).toBeVisible();
  expect(admin.last('PUT', `${API}/grants`)?.body).toEqual({
    capabilities: ['metrics.emit', 'secrets.get'],
    egress: [],
  });
});

test('a secret goes in, shows its age, and never comes out', async ({ admin }) => {
  const { page } = admin;
  const value = 'canary-5b1f';
  await admin.open(`${REPORTS}/secrets`);
  await page.getByRole('button', { name: 'Set CRM_TOKEN' }).click();
  await page.getByLabel('Value').fill(value);
  await page.getByRole('button', { name: 'Save' }).click();

  await expect(page.getByText('CRM_TOKEN is stored')).toBeVisible();
  await expect(page.locator('.Row').filter({ hasText: 'CRM_TOKEN' })).toContainText('first value');
  expect(admin.last('PUT', `${API}/secrets/CRM_TOKEN`)?.body).toEqual({ value });
  expect(await page.content()).not.toContain(value);
  const stored = await page.evaluate(() =>
    [localStorage, sessionStorage]
      .map((kept) => Object.values<string>(kept as unknown as Record<string, string>).join())
      .join(),
  );
  expect(stored).not.toContain(value);
  await page.getByRole('button', { name: 'Replace CRM_TOKEN' }).click();
  await expect(page.getByLabel('Value')).toHaveValue('');
});

test('a secret is deleted only after a question', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/secrets`);
  await expect(page.locator('.Row').filter({ hasText: 'SMTP_PASSWORD' })).toContainText('Replace it soon');
  await page.getByRole('button', { name: 'Delete SMTP_PASSWORD' }).click();
  expect(admin.last('DELETE', `${API}/secrets/SMTP_PASSWORD`)).toBeUndefined();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();

  await expect(page.getByRole('button', { name: 'Set SMTP_PASSWORD' })).toBeVisible();
});

test('an upgrade shows what changes in plain words and takes only what is allowed', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/versions`);
  await page.getByRole('button', { name: 'Review the upgrade to 1.5.0' }).click();
  const drawer = page.getByRole('dialog', { name: 'Upgrade from 1.4.1 to 1.5.0' });
  await expect(drawer.getByText('Connect to every host below mailer.example').first()).toBeVisible();
  for (const line of [
    'New Letterhead plain unless set',
    'Changed Rows a page 100 unless set, no longer 50',
    'No longer Starts on',
    'Changed POST /agreements for every user, no longer only for tenant_admin',
    'New weekly-summary at 0 8 * * 1 in the time of Europe/Vienna, calls POST /agreements',
    'New Letterheads (settings)',
    'Changed Memory 128 MiB, before 64 MiB',
    'The code that runs on the platform is another.',
    'Files of its pages: 1 new, 1 changed.',
  ])
    await expect(drawer.getByRole('listitem').filter({ hasText: line })).toBeVisible();
  await drawer
    .getByRole('switch', { name: 'Allow: Connect to every host below mailer.example' })
    .press('Space');
  await drawer.getByRole('button', { name: 'Upgrade' }).click();

  await expect(page.getByText('Version 1.5.0 runs', { exact: true })).toBeVisible();
  expect(admin.last('POST', `${API}/upgrade`)?.body).toEqual({
    version: '1.5.0',
    grants: {
      capabilities: ['http.fetch', 'metrics.emit', 'secrets.get', 'storage.kv'],
      egress: ['api.crm.example'],
    },
  });
  await expect(page.getByText('Upgraded: 1.4.1 to 1.5.0')).toBeVisible();
});

test('an upgrade shows what the changelog says of the versions between, and of no others', async ({
  admin,
}) => {
  const { page, registry } = admin;
  const { changelogs } = registry.data;
  const [of, installed] = ['com.acme.reports@1.5.0', 'com.acme.reports@1.4.1'];
  await admin.open(`${REPORTS}/versions`);
  const review = async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Review the upgrade to 1.5.0' }).click();
    return page.getByRole('dialog');
  };

  const drawer = await review();
  await expect(drawer.getByRole('heading', { level: 4 })).toHaveText([/^1\.5\.0 - /, /^1\.4\.2 - /]);
  await expect(drawer.getByRole('heading', { level: 5, name: 'Added' })).toBeVisible();
  await expect(drawer.getByRole('link', { name: '#12' })).toBeVisible();

  changelogs.set(of, changelogs.get(of)?.replace('more than a million', 'every kind') ?? '');
  await expect((await review()).getByText('In other words than before')).toBeVisible();

  changelogs.set(of, '- Letters\n- Sums\n');
  changelogs.set(installed, '- Sums\n');
  await expect((await review()).locator('.Readme')).toHaveText('Letters');

  changelogs.delete(of);
  await expect((await review()).getByText('Version 1.5.0 has no changelog.')).toBeVisible();
});

test('a changelog that would make the page stand still is shown as it is written, and the answer can be given', async ({
  admin,
}) => {
  const { page, registry } = admin;
  wait(registry.data.installs);
  const nested = `*${'a **b *'.repeat(4000)}${'c* d** '.repeat(4000)}`.slice(0, 30_000);
  registry.data.changelogs.set(
    'com.acme.reports@1.5.0',
    `## 1.5.0\n\n${'[a]('.repeat(60_000)}\n\n## 1.4.9\n\n${'>'.repeat(900)} deep\n\n## 1.4.8\n\n${nested}\n`,
  );
  await admin.open(`${REPORTS}/versions`);
  await expect(page.getByText('it is shown as it was written')).toHaveCount(3);
  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reject' }).click();
  await expect(page.getByText('Version 1.4.1 runs.')).toBeVisible();
});

test('an upgrade goes to a share of the users, to more, and then to all', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/versions`);
  await page.getByRole('button', { name: 'Review the upgrade to 1.5.0' }).click();
  await page.getByRole('radio', { name: 'A share of the users first' }).press('Space');
  await page.getByRole('button', { name: 'Start with 10 % of users' }).click();
  await expect(page.getByRole('heading', { name: 'Rollout of 1.5.0' })).toBeVisible();

  // The drawer that was just closed has one of the same name, and takes a moment to go.
  const share = page
    .getByRole('tabpanel', { name: 'Versions' })
    .getByRole('textbox', { name: 'Share of users, in percent' });
  await share.fill('40');
  await share.press('Tab');
  await page.getByRole('button', { name: 'Set share' }).click();
  await expect(page.getByText('40 % of users have 1.5.0, the others 1.4.1.')).toBeVisible();

  await page.getByRole('button', { name: 'Give it to all' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Give it to all' }).click();
  await expect(page.getByText('Version 1.5.0 runs.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Rollout of 1.5.0' })).toHaveCount(0);
});

test('an upgrade that waits is consented to with exactly what the admin allows', async ({ admin }) => {
  const { page, registry } = admin;
  wait(registry.data.installs);
  await admin.open(REPORTS);
  await page.getByRole('link', { name: 'Review' }).click();
  await page.getByRole('switch', { name: 'Allow: Connect to api.crm.example' }).press('Space');
  await page.getByRole('button', { name: 'Upgrade with these permissions' }).click();

  await expect(page.getByText('Version 1.5.0 runs', { exact: true })).toBeVisible();
  expect(admin.last('POST', `${API}/consent`)?.body).toEqual({
    version: '1.5.0',
    grants: {
      capabilities: ['http.fetch', 'metrics.emit', 'secrets.get', 'storage.kv'],
      egress: ['*.mailer.example'],
    },
  });
});

test('an upgrade that waits can be rejected', async ({ admin }) => {
  const { page, registry } = admin;
  wait(registry.data.installs);
  await admin.open(`${REPORTS}/versions`);
  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reject' }).click();

  await expect(page.getByRole('heading', { name: 'Version 1.5.0 waits for your consent' })).toHaveCount(0);
  await expect(page.getByText('Version 1.4.1 runs.')).toBeVisible();
});

test('an admin goes back to a version that ran', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/versions`);
  await page.getByRole('button', { name: 'Go back to 1.4.0' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Go back' }).click();

  await expect(page.getByText('Version 1.4.0 runs.')).toBeVisible();
  await expect(page.getByText('Rolled back: 1.4.1 to 1.4.0')).toBeVisible();
});

test('executions are filtered, paged, and one shows its log', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/executions`);
  const rows = page.getByRole('grid', { name: 'Executions' }).getByRole('row');
  await expect(rows).toHaveCount(26);
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByRole('button', { name: 'Previous page' })).toBeEnabled();

  await page.getByRole('button', { name: /^Any code/ }).click();
  await page.getByRole('option', { name: 'guest_trap' }).click();
  await expect(rows).toHaveCount(6);
  await rows.nth(1).click();
  await expect(page.getByText('It crashed.')).toBeVisible();
  await expect(page.getByText("TypeError: cannot read property 'lines' of undefined")).toBeVisible();
  await page.goBack();
  await expect(rows.first()).toBeVisible();
});

test('filters that nothing fits say so, and can be cleared', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/executions`);
  await page.getByRole('textbox', { name: 'User id' }).fill('nobody@acme.example');
  await expect(page.getByText('No execution fits these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByRole('grid', { name: 'Executions' }).getByRole('row')).toHaveCount(26);
});

test('usage is drawn by day and month, and readable as a table', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/usage`);
  await expect(page.getByRole('img', { name: 'Requests' })).toBeVisible();
  await page.getByRole('button', { name: 'Show table' }).first().click();
  // A day on which nothing ran is in the table as well.
  await expect(page.getByRole('table', { name: 'Requests' }).getByRole('row')).toHaveCount(31);
  await page.getByRole('radio', { name: '12 months' }).click();
  await expect(page.getByRole('img', { name: 'How fast it answers' })).toBeVisible();
});

test('an extension is disabled after a question, and enabled again', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/danger`);
  await page.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('button', { name: 'Enable' }).click();

  await expect(page.getByText('Reports is enabled')).toBeVisible();
  expect(admin.registry.data.installs.get('com.acme.reports')?.status).toBe('enabled');
});

test('uninstalling wants the name typed, and leads to the list where it can be restored', async ({
  admin,
}) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/danger`);
  await page.getByRole('button', { name: 'Uninstall' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Uninstall' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('com.acme.reports');
  await dialog.getByRole('button', { name: 'Uninstall' }).click();

  await expect(page.getByRole('button', { name: 'Restore Reports' })).toBeVisible();
  expect(admin.registry.data.installs.get('com.acme.reports')?.status).toBe('uninstalled');
});

function wait(installs: Map<string, Install>): void {
  const install = installs.get('com.acme.reports');
  if (install === undefined) throw new Error('Not installed.');
  installs.set(install.name, {
    ...install,
    pending: { version: '1.5.0', percent: null, since: install.updatedAt },
  });
}
