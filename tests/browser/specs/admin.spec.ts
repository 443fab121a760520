// The admin app as `./run` serves it: the real issuer, registry, gateway, sandbox and database behind it.
import { callExtension, failedExecutions, goToTab, openAdmin, refreshUntil } from '../fixtures/admin.ts';
import { buildExtensions } from '../fixtures/extensions.ts';
import { expect, test } from '../fixtures/test.ts';

const NAME = 'com.alga.tests.admin';
const README = '# Greeter\n\nGreets **people**. <b>No HTML.</b>\n';
const CHANGELOG =
  '# Changelog\n\n## [1.1.0]\n\n- Greetings from **elsewhere**.\n\n## [1.0.0]\n\n- The first one.\n';
const SECRET = 'canary-of-the-admin-test';

const isFine = (status: number) => status === 200;

test.describe('the admin app on the whole platform', () => {
  test('installs, opens, upgrades, watches, denies, goes back and uninstalls', async ({ page, platform }) => {
    // A day of an admin's, on a machine that may do other things as well.
    test.setTimeout(600_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    const files = (await buildExtensions())['com.good.app'] ?? {};
    await platform.publish(NAME, { ...files, 'README.md': README }, { displayName: 'Greeter' });

    await test.step('finds it, reads what its publisher says, and allows a part of what it asks for', async () => {
      await openAdmin(page, platform, `#/catalogue/${NAME}`);
      await goToTab(page, 'Read me');
      await expect(page.getByRole('heading', { level: 2, name: 'Greeter' })).toBeVisible();
      await expect(page.getByText('Greets people. <b>No HTML.</b>')).toBeVisible();
      await page.getByRole('link', { name: 'Install', exact: true }).click();
      await page.getByRole('switch', { name: 'Allow: Report measurements' }).press('Space');
      await page.getByRole('button', { name: 'Install with 1 of 2 permissions' }).click();
      await expect(page.getByText('Greeter is installed')).toBeVisible();
      await expect(page.getByText('Some permissions are not allowed')).toBeVisible();
    });

    await test.step('opens it at a place of its own, which stands in the address', async () => {
      await page.getByRole('link', { name: 'Open', exact: true }).click();
      const frame = page.frameLocator('iframe[title=Greeter]');
      await expect(frame.locator('#context')).toContainText(`${NAME} Ada`);
      await frame.locator('#navigate').click();
      await expect(page).toHaveURL(/#\/open\/com\.alga\.tests\.admin\/agreements\/8$/);
      await page.reload();
      await expect(frame.locator('#path')).toHaveText('/agreements/8');
    });

    await test.step('sees an execution as it happens', async () => {
      await page.goto(`${platform.demoHost}/admin/#/installed/${NAME}/executions`);
      await page.getByRole('button', { name: 'Watch live' }).click();
      await expect(page.getByText(/^Watching until/)).toBeVisible();
      await callExtension(platform, NAME, '/greetings/Ada', isFine);
      const log = page.getByRole('log', { name: 'Live' });
      await expect(log.getByText('GET /greetings/:name').first()).toBeVisible();
      await expect(log.getByText('greeted').first()).toBeVisible();
      await page.getByRole('button', { name: 'Stop watching' }).click();
      await page.goto(`${platform.demoHost}/admin/#/audit/${NAME}`);
      await expect(page.getByRole('row').filter({ hasText: 'execution.tail' })).toBeVisible();
    });

    await test.step('upgrades to a version that asks for more, once it is allowed', async () => {
      const more = { 'CHANGELOG.md': CHANGELOG, 'ui/more.css': 'p { margin: 0; }' };
      await platform.publish(
        NAME,
        { ...files, ...more },
        {
          displayName: 'Greeter',
          version: '1.1.0',
          capabilities: ['storage.kv', 'metrics.emit', 'secrets.get'],
          secrets: [{ name: 'API_KEY', description: 'For greetings from elsewhere.', required: true }],
          limits: { memoryMb: 128 },
        },
      );
      await page.goto(`${platform.demoHost}/admin/#/installed/${NAME}/versions`);
      await page.getByRole('button', { name: 'Review the upgrade to 1.1.0' }).click();
      const drawer = page.getByRole('dialog');
      await expect(drawer.getByText('Use secrets that you store for it').first()).toBeVisible();
      await expect(drawer.getByRole('switch', { name: /Use secrets that you store for it/ })).toBeChecked();
      // Of the code, what the signatures say; of the changelog, what is about the new version.
      await expect(drawer.getByText('Changed Memory 128 MiB, before 64 MiB')).toBeVisible();
      await expect(drawer.getByText('The code that runs on the platform is the same')).toBeVisible();
      await expect(drawer.getByText('Files of its pages: 1 new.')).toBeVisible();
      await expect(drawer.getByText('Greetings from elsewhere.')).toBeVisible();
      await expect(drawer.getByText('The first one.')).toHaveCount(0);
      await drawer.getByRole('button', { name: 'Upgrade', exact: true }).click();
      await expect(page.getByText('Version 1.1.0 runs', { exact: true })).toBeVisible();
      await page.getByRole('button', { name: 'What changed from 1.0.0 to 1.1.0' }).click();
      await expect(page.getByRole('dialog').getByText('API_KEY')).toBeVisible();
      await page.keyboard.press('Escape');
    });

    await test.step('stores a secret that nobody sees again', async () => {
      await goToTab(page, 'Secrets');
      await page.getByRole('button', { name: 'Set API_KEY' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Value' }).fill(SECRET);
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText('API_KEY is stored')).toBeVisible();
      await page.reload();
      await expect(page.getByRole('button', { name: 'Replace API_KEY' })).toBeVisible();
      expect(await page.content()).not.toContain(SECRET);
    });

    await test.step('takes a permission away, and finds why the extension fails', async () => {
      await goToTab(page, 'Permissions');
      await page.getByRole('switch', { name: 'Allow: Keep data' }).press('Space');
      await page.getByRole('button', { name: 'Save permissions' }).click();
      await expect(page.getByText('Permissions saved')).toBeVisible();
      await expect(page.getByText(/^Taken away by ada@acme.example/)).toBeVisible();
      await callExtension(platform, NAME, '/greetings', (status) => status >= 400);
      await goToTab(page, 'Executions');
      const failed = failedExecutions(page, 'GET /greetings').first();
      await refreshUntil(page, failed);
      await failed.click();
      await expect(page.getByRole('heading', { level: 2, name: 'Log' })).toBeVisible();
      await expect(page.locator('main')).toContainText('storage.kv');
    });

    await test.step('goes back to the version before, and uninstalls', async () => {
      await page.goto(`${platform.demoHost}/admin/#/installed/${NAME}/versions`);
      await page.getByRole('button', { name: 'Go back to 1.0.0' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Go back' }).click();
      await expect(page.getByText('Version 1.0.0 runs again')).toBeVisible();
      await page.getByRole('button', { name: 'What changed from 1.1.0 to 1.0.0' }).click();
      await expect(
        page.getByRole('dialog').getByText('What its publisher said of what is taken back'),
      ).toBeVisible();
      await page.keyboard.press('Escape');
      await goToTab(page, 'Danger zone');
      await page.getByRole('button', { name: 'Uninstall' }).click();
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('textbox').fill(NAME);
      await dialog.getByRole('button', { name: 'Uninstall' }).click();
      await expect(page.getByText('Greeter is uninstalled')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Restore Greeter' })).toBeVisible();
    });
    expect(complaints).toEqual([]);
  });

  test('shows what the sample does by the clock and by events, and who allowed what', async ({
    page,
    platform,
  }) => {
    await openAdmin(page, platform, '#/installed/com.alga.samples.agreements/schedules');
    await page.getByRole('button', { name: 'Pause nightly-sync' }).press('Enter');
    await expect(page.getByText('nightly-sync is paused')).toBeVisible();
    await page.getByRole('button', { name: 'Resume nightly-sync' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Pause nightly-sync' })).toBeVisible();
    const topic = `customer.renamed`;
    const sent = await fetch(`${platform.gateway}/api/host/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await platform.token('ada')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ topic, payload: { from: 'Nobody', to: 'Somebody' } }),
    });
    expect(sent.status).toBe(202);
    for (const [tab, shown] of [
      ['Schedules', page.getByText('nightly-sync').first()],
      ['Events', page.getByRole('row').filter({ hasText: topic }).first()],
      ['Usage', page.getByText('Your whole organisation')],
      ['Permissions', page.getByText(/^ada@acme.example, /).first()],
    ] as const) {
      await goToTab(page, tab);
      await expect(shown).toBeVisible();
    }
  });
});
