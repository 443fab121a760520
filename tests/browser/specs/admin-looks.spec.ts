// Every screen of the admin app on the whole platform, with what the platform really answers: for axe, in light and dark, on a desk
// and on a phone. `apps/admin/test/browser` has the states that are hard to bring about here.
import type { Locator, Page } from '@playwright/test';
import {
  callExtension,
  expectGoodLooks,
  failedExecutions,
  goToTab,
  openAdmin,
  refreshUntil,
} from '../fixtures/admin.ts';
import { buildExtensions } from '../fixtures/extensions.ts';
import type { Platform } from '../fixtures/platform.ts';
import { expect, test } from '../fixtures/test.ts';

const NAME = 'com.alga.tests.looks';
const SAMPLE = 'com.alga.samples.agreements';
const README = '# Usher\n\nGreets **people**.\n\n| Who | How |\n| --- | --- |\n| Ada | Hello |\n';
const CHANGELOG = `# Changelog

## [1.1.0]

### Added

- Greetings from elsewhere, for which it wants a secret.

## [1.0.0]

- The first one.
`;
const NEXT = {
  version: '1.1.0',
  capabilities: ['storage.kv', 'metrics.emit', 'secrets.get', 'http.fetch'],
  egress: ['*.greetings.example'],
  secrets: [{ name: 'API_KEY', description: 'For greetings from elsewhere.', required: true }],
  limits: { memoryMb: 128 },
};

/** A screen, and what is there once all of it is. */
interface Screen {
  readonly hash: string;
  /** The tab to go to on it. */
  readonly tab?: string;
  readonly act?: (page: Page) => Promise<void>;
  readonly shows: string | RegExp;
}

const INSTALLED = `#/installed/${NAME}`;
const reviewed = async (page: Page) => {
  await page.getByRole('button', { name: 'Review the upgrade to 1.1.0' }).click();
};

const BEFORE: Readonly<Record<string, Screen>> = {
  installed: { hash: '#/installed', shows: 'Usher' },
  catalogue: { hash: '#/catalogue', shows: 'Agreements with customers' },
  about: { hash: `#/catalogue/${NAME}`, tab: 'About', shows: 'Content hash' },
  readme: { hash: `#/catalogue/${NAME}/1.0.0`, tab: 'Read me', shows: 'Greets people.' },
  'no-changelog': {
    hash: `#/catalogue/${NAME}/1.0.0`,
    tab: 'Changelog',
    shows: 'This version has no changelog',
  },
  changelog: { hash: `#/catalogue/${NAME}/1.1.0`, tab: 'Changelog', shows: /^Greetings from elsewhere/ },
  asks: {
    hash: `#/catalogue/${NAME}`,
    tab: 'Permissions',
    shows: 'Connect to every host below greetings.example',
  },
  'catalogue-versions': { hash: `#/catalogue/${NAME}`, tab: 'Versions', shows: 'Available' },
  signature: {
    hash: `#/catalogue/${NAME}`,
    tab: 'Publisher and signature',
    shows: 'Agrees with the catalogue',
  },
  overview: { hash: INSTALLED, shows: 'Version 1.1.0 is available' },
  settings: { hash: `${INSTALLED}/configuration`, shows: /salutation/i },
  secrets: { hash: `#/installed/${SAMPLE}/secrets`, shows: 'crm-api-key' },
  'secret-dialog': {
    hash: `#/installed/${SAMPLE}/secrets`,
    act: (page) => page.getByRole('button', { name: 'Set crm-api-key' }).click(),
    shows: 'At most 24 KiB.',
  },
  permissions: { hash: `${INSTALLED}/permissions`, shows: /^ada@acme.example, / },
  versions: { hash: `${INSTALLED}/versions`, shows: 'Installed: 1.0.0' },
  upgrade: { hash: `${INSTALLED}/versions`, act: reviewed, shows: /^Greetings from elsewhere/ },
  executions: { hash: `${INSTALLED}/executions`, shows: 'GET /greetings/:name' },
  execution: {
    hash: `${INSTALLED}/executions`,
    act: (page) => page.getByRole('row').filter({ hasText: 'GET /greetings/:name' }).first().click(),
    shows: 'greeted',
  },
  live: {
    hash: `${INSTALLED}/executions`,
    act: (page) => page.getByRole('button', { name: 'Watch live' }).click(),
    shows: /^Watching until/,
  },
  events: { hash: `#/installed/${SAMPLE}/events`, shows: 'customer.renamed' },
  delivery: {
    hash: `#/installed/${SAMPLE}/events`,
    act: (page) => page.getByRole('row').filter({ hasText: 'customer.renamed' }).first().click(),
    shows: 'Payload',
  },
  schedules: { hash: `#/installed/${SAMPLE}/schedules`, shows: 'nightly-sync' },
  usage: { hash: `${INSTALLED}/usage`, shows: 'Your whole organisation' },
  danger: { hash: `${INSTALLED}/danger`, shows: 'Uninstall this extension' },
  open: { hash: `#/open/${NAME}`, shows: 'Manage' },
  audit: { hash: '#/audit', shows: 'install.create' },
  'audit-entry': {
    hash: `#/audit/${NAME}`,
    act: (page) => page.getByRole('row').filter({ hasText: 'install.create' }).first().click(),
    shows: 'Signed in at',
  },
  'not-found': { hash: '#/nowhere/at/all', shows: 'There is no such page' },
};

/** Those with an upgrade that waits, those after it, and those after the end of the install. */
const PENDING: Readonly<Record<string, Screen>> = {
  pending: { hash: `${INSTALLED}/versions`, shows: 'What you allow the new version' },
  'installed-pending': { hash: '#/installed', shows: '1.1.0 waits for your consent' },
};
const ROLLOUT: Readonly<Record<string, Screen>> = {
  rollout: { hash: `${INSTALLED}/versions`, shows: 'Rollout of 1.1.0' },
};
const UPGRADED: Readonly<Record<string, Screen>> = {
  'what-changed': {
    hash: `${INSTALLED}/versions`,
    act: (page) => page.getByRole('button', { name: 'What changed from 1.0.0 to 1.1.0' }).click(),
    shows: /^Greetings from elsewhere/,
  },
  'overview-upgraded': { hash: INSTALLED, shows: 'Secrets are missing or expired: API_KEY' },
};
const DENIED: Readonly<Record<string, Screen>> = {
  'overview-failing': { hash: INSTALLED, shows: 'Last errors' },
  'failed-execution': {
    hash: `${INSTALLED}/executions`,
    act: (page) => failedExecutions(page, 'GET /greetings').first().click(),
    shows: /storage\.kv/,
  },
  'who-denied': { hash: `${INSTALLED}/permissions`, shows: /^Taken away by ada@acme.example/ },
};
const UNINSTALLED: Readonly<Record<string, Screen>> = {
  restorable: { hash: '#/installed', shows: 'Uninstalled, can be restored' },
  consent: { hash: `#/install/${NAME}/1.1.0`, shows: 'You enter them after the installation' },
};
const OPERATOR: Readonly<Record<string, Screen>> = {
  keys: { hash: '#/keys/alga-samples', shows: 'From the trust bundle' },
  revocation: { hash: `#/revocation/${SAMPLE}`, shows: '1.0.0' },
  'registry-audit': { hash: '#/audit', shows: 'version.publish' },
  'not-allowed': { hash: '#/installed', shows: 'This page is not for your role' },
};

/** A change of the install by the registry's routes, as Ada. */
async function change(platform: Platform, method: string, route: string, body?: object): Promise<void> {
  const answer = await fetch(`${platform.registry}/api/tenant/installs/${NAME}${route}`, {
    method,
    headers: { authorization: `Bearer ${await platform.token('ada')}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.ok, `${method} ${route}: ${answer.status}`).toBe(true);
}

async function waitForExecution(page: Page, platform: Platform, row: Locator): Promise<void> {
  await page.goto(`${platform.demoHost}/admin/${INSTALLED}/executions`);
  await refreshUntil(page, row);
}

async function sendEvent(platform: Platform): Promise<void> {
  const sent = await fetch(`${platform.gateway}/api/host/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await platform.token('ada')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ topic: 'customer.renamed', payload: { from: 'Nobody', to: 'Somebody' } }),
  });
  expect(sent.status).toBe(202);
}

test.describe('every screen of the admin app on the whole platform', () => {
  test('is well in light and dark, on a desk and on a phone', async ({ page, platform }, info) => {
    // Forty screens, twice each, on a machine that may do other things as well.
    test.setTimeout(1_200_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    const outputPath = (file: string) => info.outputPath(file);
    const look = async (screens: Readonly<Record<string, Screen>>) => {
      for (const [name, { hash, tab, act, shows }] of Object.entries(screens)) {
        await test.step(name, async () => {
          // A place that differs only in its fragment is no new page; a drawer that is open would stay.
          await page.goto(`${platform.demoHost}/admin/${hash}`);
          await page.reload();
          if (tab !== undefined) await goToTab(page, tab);
          await act?.(page);
          // A topic or a code is the option of a filter, too, which nobody sees before it is opened.
          await expect(page.getByText(shows).filter({ visible: true }).first()).toBeVisible();
          await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
          await expectGoodLooks(page, name, outputPath);
        });
      }
    };

    const files = (await buildExtensions())['com.good.app'] ?? {};
    await platform.publish(NAME, { ...files, 'README.md': README }, { displayName: 'Usher' });
    await change(platform, 'PUT', '', {
      version: '1.0.0',
      grants: { capabilities: ['storage.kv', 'metrics.emit'] },
    });
    await platform.publish(NAME, { ...files, 'CHANGELOG.md': CHANGELOG }, { displayName: 'Usher', ...NEXT });
    await callExtension(platform, NAME, '/greetings/Ada', (status) => status === 200);
    await sendEvent(platform);

    await page.goto(`${platform.demoHost}/admin/`);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await expectGoodLooks(page, 'sign-in', outputPath);
    await openAdmin(page, platform, '#/installed');
    await waitForExecution(
      page,
      platform,
      page.getByRole('row').filter({ hasText: 'GET /greetings/:name' }).first(),
    );

    await look(BEFORE);
    await change(platform, 'POST', '/upgrade');
    await look(PENDING);
    await change(platform, 'POST', '/reject');
    await change(platform, 'POST', '/upgrade', {
      version: '1.1.0',
      grants: { capabilities: ['storage.kv', 'secrets.get'] },
      percent: 20,
    });
    await look(ROLLOUT);
    await change(platform, 'POST', '/promote');
    await look(UPGRADED);
    await change(platform, 'PUT', '/grants', { capabilities: [], egress: [] });
    await callExtension(platform, NAME, '/greetings', (status) => status >= 400);
    await waitForExecution(page, platform, failedExecutions(page, 'GET /greetings').first());
    await look(DENIED);
    await change(platform, 'DELETE', '');
    await look(UNINSTALLED);

    await page.evaluate(() => {
      sessionStorage.clear();
    });
    await page.reload();
    await openAdmin(page, platform, '#/keys', 'olivia@platform.example');
    await look(OPERATOR);
    expect(complaints).toEqual([]);
  });
});
