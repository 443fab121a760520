// Each screen in both themes, on a desk and on a phone: axe finds nothing, and nothing sticks out at the side. The
// screenshots are left in TestResults/admin-looks for somebody to look at.
import { fileURLToPath } from 'node:url';
import type { Admin } from '../support/test.ts';
import { expect, test } from '../support/test.ts';
import { expectNoSideways, findFaults } from '../support/looks.ts';
import type { Who } from '../fake/people.ts';

const SHOTS = fileURLToPath(new URL('../../../../../TestResults/admin-looks/', import.meta.url));
const REPORTS = '#/installed/com.acme.reports';

interface Screen {
  readonly name: string;
  readonly hash: string;
  readonly who?: Who;
  readonly before?: (admin: Admin) => void;
  readonly act?: (admin: Admin) => Promise<void>;
  /** Whether a connection stays open from then on. */
  readonly isLive?: boolean;
  /** Whether it is there when what is to do has been done: with a frame on it, a browser does not always say that its page is idle. */
  readonly isFramed?: boolean;
}

const SCREENS: readonly Screen[] = [
  { name: 'installed', hash: '#/installed' },
  { name: 'catalogue', hash: '#/catalogue' },
  { name: 'extension', hash: '#/catalogue/com.acme.reports' },
  { name: 'extension-signature', hash: '#/catalogue/com.acme.reports', act: tab('Publisher and signature') },
  { name: 'extension-readme', hash: '#/catalogue/com.acme.reports', act: tab('Read me') },
  { name: 'extension-changelog', hash: '#/catalogue/com.acme.reports', act: tab('Changelog') },
  { name: 'extension-nothing-said', hash: '#/catalogue/com.acme.invoices', act: tab('Changelog') },
  { name: 'extension-versions', hash: '#/catalogue/com.acme.reports', act: tab('Versions') },
  { name: 'consent', hash: '#/install/com.globex.calendar/1.0.0' },
  {
    name: 'consent-partial',
    hash: '#/install/com.globex.calendar/1.0.0',
    act: async ({ page }) => {
      await page.getByRole('switch', { name: /every host below/ }).press('Space');
    },
  },
  { name: 'overview', hash: REPORTS },
  { name: 'settings', hash: `${REPORTS}/configuration` },
  { name: 'secrets', hash: `${REPORTS}/secrets` },
  {
    name: 'secret-dialog',
    hash: `${REPORTS}/secrets`,
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Set CRM_TOKEN' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'permissions',
    hash: `${REPORTS}/permissions`,
    before: ({ registry }) => {
      registry.data.audit.push({
        id: 'install.create',
        at: '2026-03-01T09:30:00.000Z',
        actor: 'http://127.0.0.1:7073#ada@acme.example',
        action: 'install.create',
        target: 'com.acme.reports',
        requestId: '01936b2e-0000-7000-8000-000000000009',
        before: null,
        after: { grants: { capabilities: ['storage.kv', 'secrets.get'], egress: [] } },
      });
    },
  },
  { name: 'versions', hash: `${REPORTS}/versions` },
  {
    name: 'upgrade',
    hash: `${REPORTS}/versions`,
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Review the upgrade to 1.5.0' }).click();
      await expect(page.getByText('What you allow the new version')).toBeVisible();
      await expect(page.getByText('Reports go to the CRM')).toBeVisible();
    },
  },
  {
    name: 'pending',
    hash: `${REPORTS}/versions`,
    before: ({ registry }) => {
      const { installs } = registry.data;
      const install = installs.get('com.acme.reports');
      if (install === undefined) throw new Error('Not installed.');
      installs.set(install.name, {
        ...install,
        pending: { version: '1.5.0', percent: null, since: install.updatedAt },
      });
    },
    act: async ({ page }) => {
      await expect(page.getByRole('button', { name: 'Allow and upgrade' })).toBeVisible();
    },
  },
  { name: 'rollout', hash: '#/installed/com.acme.invoices/versions' },
  { name: 'executions', hash: `${REPORTS}/executions` },
  {
    name: 'execution',
    hash: `${REPORTS}/executions`,
    act: async ({ page }) => {
      await page.getByRole('row').filter({ hasText: 'guest_trap' }).first().click();
      await expect(page.getByText('It crashed.')).toBeVisible();
    },
  },
  {
    name: 'live',
    isLive: true,
    hash: `${REPORTS}/executions`,
    act: async ({ page, registry }) => {
      await page.getByRole('button', { name: 'Watch live' }).click();
      await expect(page.getByText(/^Watching until/)).toBeVisible();
      registry.data.executions
        .get('com.acme.reports')
        ?.slice(0, 5)
        .forEach((execution) => {
          registry.tails.tell(execution);
        });
      registry.tails.skip(3);
      await expect(page.getByText('3 executions were too fast')).toBeVisible();
    },
  },
  { name: 'events', hash: `${REPORTS}/events` },
  {
    name: 'delivery',
    hash: `${REPORTS}/events`,
    act: async ({ page }) => {
      await page.getByRole('row').filter({ hasText: 'Given up' }).click();
      await expect(page.getByRole('button', { name: 'Deliver again' })).toBeVisible();
    },
  },
  { name: 'schedules', hash: `${REPORTS}/schedules` },
  { name: 'usage', hash: `${REPORTS}/usage` },
  { name: 'danger', hash: `${REPORTS}/danger` },
  {
    name: 'open',
    isFramed: true,
    hash: '#/open/com.acme.reports/agreements/7',
    act: async ({ page }) => {
      await expect(page.frameLocator('iframe').locator('#path')).toHaveText('/agreements/7');
    },
  },
  {
    name: 'audit',
    hash: '#/audit',
    before: ({ registry }) => {
      const install = registry.data.installs.get('com.acme.reports');
      for (const action of ['install.grants', 'install.config', 'install.create']) {
        registry.data.audit.push({
          id: action,
          at: '2026-03-01T09:30:00.000Z',
          actor: 'http://127.0.0.1:7073#ada@acme.example',
          action,
          target: 'com.acme.reports',
          requestId: '01936b2e-0000-7000-8000-000000000009',
          before: null,
          after: { version: install?.version ?? '' },
        });
      }
    },
  },
  { name: 'keys', hash: '#/keys/acme', who: 'olivia' },
  { name: 'revocation', hash: '#/revocation/com.acme.reports', who: 'olivia' },
  { name: 'not-found', hash: '#/nowhere/at/all' },
];

function tab(name: string) {
  return async ({ page }: Admin) => {
    await page.getByRole('tab', { name }).click();
    await expect(page.getByRole('tab', { name, selected: true })).toBeVisible();
  };
}

for (const { name, hash, who = 'ada', before, act, isLive = false, isFramed = false } of SCREENS) {
  test(`the screen ${name} is well in both themes, on a desk and on a phone`, async ({ admin }) => {
    const { page } = admin;
    before?.(admin);
    await page.setViewportSize({ width: 1280, height: 900 });
    await admin.open(hash, who);
    if (!isFramed) await settled(admin);
    await act?.(admin);
    if (!isLive && !isFramed) await settled(admin);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      for (const theme of ['light', 'dark']) {
        await page.evaluate((chosen) => {
          document.documentElement.dataset['theme'] = chosen;
        }, theme);
        await page.screenshot({ path: `${SHOTS}${name}-${theme}-${width}.png`, fullPage: true });
        // On the phone the themes differ in nothing that they do not on the desk.
        if (width === 1280 || theme === 'light') expect.soft(await findFaults(page)).toEqual([]);
        await expectNoSideways(page);
      }
    }
  });
}

test('the page for signing in is well in both themes, on a desk and on a phone', async ({ admin }) => {
  const { page } = admin;
  await page.goto(admin.origin);
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${SHOTS}sign-in-${colorScheme}-${width}.png` });
      expect.soft(await findFaults(page)).toEqual([]);
      await expectNoSideways(page);
    }
  }
});

// All that was asked for is there.
async function settled({ page }: Admin): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
}
