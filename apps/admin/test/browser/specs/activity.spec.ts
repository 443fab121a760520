import { expect, test } from '../support/test.ts';

const REPORTS = '#/installed/com.acme.reports';

test('an admin watches executions, over a connection that breaks, until the session is over', async ({
  admin,
}) => {
  const { page, registry } = admin;
  const [first, second, third] = registry.data.executions.get('com.acme.reports') ?? [];
  if (first === undefined || second === undefined || third === undefined) throw new Error('No executions.');
  await admin.open(`${REPORTS}/executions`);
  await page.getByRole('button', { name: 'Watch live' }).click();
  const log = page.getByRole('log', { name: 'Live' });
  await expect(page.getByText(/^Watching until/)).toBeVisible();
  registry.tails.tell({ ...first, endpoint: '/first' });
  await expect(log.getByText('GET /first').or(log.getByText('POST /first'))).toBeVisible();
  await expect(log.getByText('report requested')).toBeVisible();

  registry.tails.cut();
  await expect.poll(() => registry.tails.seen.length).toBe(2);
  expect(registry.tails.seen).toEqual([undefined, 's.1']);
  await expect(page.getByText(/^Watching until/)).toBeVisible();
  // Told twice, shown once.
  registry.tails.tell({ ...first, endpoint: '/first' });
  registry.tails.tell({ ...second, endpoint: '/second' });
  await expect(log.getByRole('listitem').filter({ hasText: '/second' })).toHaveCount(1);
  await expect(log.locator('.Tail-entry')).toHaveCount(2);
  await expect(log.locator('.Tail-entry').first()).toContainText('/second');

  registry.tails.end();
  await expect(page.getByText('The session is over.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on watching' }).click();
  await expect(page.getByText(/^Watching until/)).toBeVisible();
  expect(registry.tails.seen).toEqual([undefined, 's.1', undefined]);
  registry.tails.tell({ ...third, endpoint: '/third' });
  await log.getByRole('link', { name: /third/ }).click();
  await expect(page).toHaveURL(new RegExp(`/executions/${third.executionId}$`));
});

test('an admin pauses a schedule and lets it run again', async ({ admin }) => {
  const { page, registry } = admin;
  await admin.open(`${REPORTS}/schedules`);
  await expect(page.getByText('in the time of Europe/Vienna').first()).toBeVisible();
  await page.getByRole('button', { name: 'Pause nightly-sync' }).click();
  await expect(page.getByText('nightly-sync is paused')).toBeVisible();
  await expect(page.getByText(/^By ada@acme.example/)).toBeVisible();
  expect(registry.data.schedules.get('com.acme.reports')?.[0]?.pausedAt).not.toBeNull();
  await page.getByRole('button', { name: 'Resume nightly-sync' }).click();
  await expect(page.getByRole('button', { name: 'Pause nightly-sync' })).toBeVisible();
});

test('an admin finds what was given up, sees why, and delivers it again', async ({ admin }) => {
  const { page, registry } = admin;
  await admin.open(`${REPORTS}/events`);
  await page.getByRole('button', { name: /State/ }).click();
  await page.getByRole('option', { name: 'Given up' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('row').filter({ hasText: 'agreement.signed' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText('guest_trap')).toHaveCount(2);
  await expect(drawer.getByText('"Contoso"')).toBeVisible();
  await drawer.getByRole('button', { name: 'Deliver again' }).click();
  await expect(page.getByText('It is delivered again')).toBeVisible();
  await expect(drawer.getByRole('button', { name: 'Deliver again' })).toHaveCount(0);
  expect(registry.data.deliveries.get('com.acme.reports')?.some(({ status }) => status === 'dead')).toBe(
    false,
  );
});

test('limits and their use show where extensions are listed and where use is shown', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/installed');
  await expect(page.getByText('17,910 of 20,000 requests this month')).toBeVisible();
  await expect(page.getByText('Plan team,')).toBeVisible();
  await page.goto(`${admin.origin}/${REPORTS}/usage`);
  await expect(page.getByText('17,910 of 20,000')).toBeVisible();
  await expect(page.getByText(/^Nearly used up/)).toBeVisible();
});

test('a README is shown without its HTML, its pictures and its scripts', async ({ admin }) => {
  const { page } = admin;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await admin.open('#/catalogue/com.acme.reports');
  await page.getByRole('tab', { name: 'Read me' }).click();
  const readme = page.locator('.Readme');
  await expect(readme.getByRole('heading', { level: 2, name: 'Reports' })).toBeVisible();
  await expect(readme.getByRole('link', { name: 'the handbook' })).toHaveAttribute('rel', /noopener/);
  await expect(readme.getByRole('link')).toHaveCount(1);
  await expect(readme.locator('img, script')).toHaveCount(0);
  await expect(readme.getByText('Picture: A report')).toBeVisible();
  await expect(readme.getByRole('cell', { name: 'printing' })).toBeVisible();
  expect(await page.title()).not.toBe('owned');
  expect(asked.filter((url) => url.includes('tracker.example'))).toEqual([]);
});

test('a changelog is shown as a README is', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/catalogue/com.acme.reports');
  await page.getByRole('tab', { name: 'Changelog' }).click();
  const changelog = page.locator('.Readme');
  await expect(changelog.getByRole('heading', { level: 3, name: '[1.4.1] - 2026-01-30' })).toBeVisible();
  await expect(changelog.getByText('<b>Letters</b>')).toBeVisible();
  await expect(changelog.getByRole('link', { name: '#12' })).toHaveAttribute('rel', /noopener/);
});

test('a version without a README or a changelog says why that may be', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/catalogue/com.acme.invoices');
  await page.getByRole('tab', { name: 'Read me' }).click();
  await expect(page.getByText('This version has no description of its own')).toBeVisible();
  await page.getByRole('tab', { name: 'Changelog' }).click();
  await expect(page.getByText('published before the platform kept them')).toBeVisible();
});

test('a revoked version is marked, explained and not offered', async ({ admin }) => {
  const { page, registry } = admin;
  registry.data.revoked.add('com.globex.calendar@1.0.0');
  registry.data.revoked.add('com.acme.reports@1.5.0');
  await admin.open('#/catalogue/com.globex.calendar');
  await expect(page.getByText('Version 1.0.0 is revoked')).toBeVisible();
  await expect(page.getByText('It leaks addresses.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Install', exact: true })).toHaveCount(0);
  await page.goto(`${admin.origin}/#/install/com.globex.calendar/1.0.0`);
  await expect(page.getByText('Version 1.0.0 is revoked')).toBeVisible();
  await page.goto(`${admin.origin}/${REPORTS}/versions`);
  await expect(page.getByRole('button', { name: 'Review the upgrade to 2.0.0-rc.1' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Review the upgrade to 1.5.0' })).toHaveCount(0);
});

test('permissions say who allowed them, and the history what each version changed', async ({ admin }) => {
  const { page } = admin;
  await admin.open(`${REPORTS}/permissions`);
  await page.getByRole('switch', { name: 'Allow: Keep data' }).press('Space');
  await page.getByRole('button', { name: 'Save permissions' }).click();
  await expect(page.getByText(/^Taken away by ada@acme.example, /)).toBeVisible();
  await page.getByRole('switch', { name: 'Allow: Keep data' }).press('Space');
  await page.getByRole('button', { name: 'Save permissions' }).click();
  await expect(page.getByText(/^ada@acme.example, /)).toBeVisible();

  await page.goto(`${admin.origin}/${REPORTS}/versions`);
  await page.getByRole('button', { name: 'Review the upgrade to 1.5.0' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Upgrade', exact: true }).click();
  await page.getByRole('button', { name: 'What changed from 1.4.1 to 1.5.0' }).click();
  await expect(page.getByRole('dialog')).toContainText('Send data over the internet');
  await expect(page.getByRole('dialog')).toContainText('Connect to api.crm.example');
  await expect(page.getByRole('dialog')).toContainText('Reports go to the CRM');
});
