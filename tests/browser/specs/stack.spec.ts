// The agreements sample as `./run` shows it: the real demo host, gateway, sandbox and database.
import { AxeBuilder } from '@axe-core/playwright';
import type { FrameLocator, Page } from '@playwright/test';
import type { Platform } from '../fixtures/platform.ts';
import { expect, test } from '../fixtures/test.ts';

const extension = 'com.alga.samples.agreements';

async function open(page: Page, platform: Platform, path = '/'): Promise<FrameLocator> {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${platform.demoHost}/#/${extension}${path}`);
  await page.getByRole('button', { name: 'ada@acme.example' }).click();
  const frame = page.frameLocator('iframe[title=Agreements]');
  // The first call of all waits for the compiler.
  await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();
  return frame;
}

async function ada(platform: Platform): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await platform.token('ada')}` };
}

/** Adds an agreement of a customer that no other test knows, over the gateway; the customer's name. */
async function addAgreement(platform: Platform): Promise<string> {
  const customer = `Customer ${crypto.randomUUID()}`;
  const terms = {
    plan: 'managed',
    status: 'active',
    monthly: 1200,
    starts: '2026-01-01',
    ends: '2026-12-31',
  };
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${platform.gateway}/api/ext/${extension}/agreements`, {
          method: 'POST',
          headers: { ...(await ada(platform)), 'content-type': 'application/json' },
          body: JSON.stringify({ ...terms, customer, notes: '' }),
        });
        return answer.status;
      },
      { timeout: 120_000 },
    )
    .toBe(201);
  return customer;
}

test.describe('the agreements sample on the whole platform', () => {
  test('is listed, opened, edited, reloaded at its place, resized and themed', async ({
    page,
    platform,
  }, info) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const customer = await addAgreement(platform);
    const frame = await open(page, platform);
    await expect(page.getByRole('link', { name: 'Agreements' })).toHaveAttribute('aria-current', 'page');
    await frame.getByRole('link', { name: customer }).click();
    await expect(frame.getByRole('heading', { level: 1, name: customer })).toBeVisible();
    await expect(page).toHaveURL(/#\/com\.alga\.samples\.agreements\/agreements\/[^/]+$/);
    await page.screenshot({ path: info.outputPath('detail-light.png'), fullPage: true });

    await frame.getByRole('button', { name: 'Edit' }).click();
    await frame.getByRole('textbox', { name: 'Customer' }).fill(`${customer} Ltd`);
    await page.screenshot({ path: info.outputPath('form-light.png'), fullPage: true });
    await frame.getByRole('button', { name: 'Save' }).press('Enter');
    await expect(page.getByRole('status')).toContainText('Agreement saved.');
    await page.reload();
    await expect(frame.getByRole('heading', { level: 1, name: `${customer} Ltd` })).toBeVisible();

    await page.getByRole('button', { name: 'Dark theme' }).click();
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.screenshot({ path: info.outputPath('detail-dark.png'), fullPage: true });
    await page.goto(`${platform.demoHost}/#/${extension}/`);
    await expect(frame.getByRole('link', { name: `${customer} Ltd` })).toBeVisible();
    await page.screenshot({ path: info.outputPath('list-dark.png'), fullPage: true });

    // The frame is as wide as the page lets it, and as high as what is in it.
    await page.setViewportSize({ width: 400, height: 800 });
    await expect
      .poll(async () => {
        const outer = (await page.locator('iframe').boundingBox())?.height ?? 0;
        const inner = await frame.locator('html').evaluate((html) => html.scrollHeight);
        return Math.abs(outer - inner);
      })
      .toBeLessThanOrEqual(1);
    await page.screenshot({ path: info.outputPath('list-phone-dark.png'), fullPage: true });
    expect(complaints).toEqual([]);
  });

  test('hears of an event of the host application', async ({ page, platform }) => {
    const customer = await addAgreement(platform);
    const sent = await fetch(`${platform.gateway}/api/host/events`, {
      method: 'POST',
      headers: { ...(await ada(platform)), 'content-type': 'application/json' },
      body: JSON.stringify({
        topic: 'customer.renamed',
        payload: { from: customer, to: `${customer} & Sons` },
      }),
    });
    expect(sent.status).toBe(202);
    // A delivery goes out on its own time.
    await expect(async () => {
      const answer = await fetch(`${platform.gateway}/api/ext/${extension}/agreements`, {
        headers: await ada(platform),
      });
      expect(await answer.text()).toContain(`${customer} & Sons`);
    }).toPass({ timeout: 120_000 });
    const frame = await open(page, platform);
    await expect(frame.getByRole('link', { name: `${customer} & Sons` })).toBeVisible();
  });

  test('is in the registry’s plan for every night', async ({ platform }) => {
    const answer = await fetch(`${platform.registry}/api/tenant/installs/${extension}/schedules`, {
      headers: await ada(platform),
    });
    const { items } = (await answer.json()) as {
      items: { name: string; endpoint: string; nextRunAt: string }[];
    };
    expect(items).toMatchObject([{ name: 'nightly-sync', cron: '0 3 * * *', endpoint: 'POST /sync' }]);
    // Three o'clock in Vienna, in winter or in summer.
    expect(items[0]?.nextRunAt).toMatch(/T0[12]:00:00Z$/);
  });

  test('has no serious fault that axe finds, and neither has its host', async ({ page, platform }) => {
    await page.goto(platform.demoHost);
    await expect(page.getByRole('heading', { name: 'Demo host' })).toBeVisible();
    expect(await findFaults(page)).toEqual([]);
    const frame = await open(page, platform);
    await expect(
      // The first row has the names of the columns.
      frame.getByRole('button', { name: 'Add examples' }).or(frame.getByRole('row').nth(1)).first(),
    ).toBeVisible();
    expect(await findFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
    expect(await findFaults(page)).toEqual([]);
  });
});

/** The page and its frames. */
async function findFaults(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}
