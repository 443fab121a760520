import { expect, test as base, type Page } from '@playwright/test';
import { startApp } from '../fake/app.ts';
import { makeData } from '../fake/data.ts';
import { buildFrame, startFrames } from '../fake/frames.ts';
import { startIssuer } from '../fake/issuer.ts';
import { PEOPLE, type Who } from '../fake/people.ts';
import { FakeRegistry } from '../fake/registry.ts';

/** The servers of a worker; each test gets a registry of its own. */
interface Platform {
  readonly appOrigin: string;
  reset(): FakeRegistry;
}

/** The app in a page, and the registry behind it. */
export class Admin {
  constructor(
    readonly page: Page,
    readonly registry: FakeRegistry,
    readonly origin: string,
  ) {}

  /** Opens a place, and signs in there where nobody is. */
  async open(hash: string, who: Who = 'ada'): Promise<void> {
    await this.page.goto(`${this.origin}/${hash}`);
    const account = this.page.getByRole('button', { name: /^Account: / });
    const signIn = this.page.getByRole('button', { name: 'Sign in' });
    await expect(account.or(signIn)).toBeVisible();
    if (await account.isVisible()) return;
    await signIn.click();
    await this.page.getByRole('link', { name: PEOPLE[who].name }).click();
    await expect(account).toBeVisible();
  }

  /** The last call of a route. */
  last(method: string, path: string) {
    return this.registry.seen.findLast((one) => one.method === method && one.path === path);
  }
}

export const test = base.extend<{ admin: Admin }, { platform: Platform }>({
  platform: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const origins = { app: '', issuer: '', frames: '' };
      const files = await buildFrame();
      let registry = new FakeRegistry(makeData(files.hash));
      const issuer = await startIssuer(() => origins.app);
      const frames = await startFrames(files, () => origins.app);
      const app = await startApp({
        issuer: () => origins.issuer,
        frames: () => origins.frames,
        registry: () => registry,
      });
      Object.assign(origins, { app: app.origin, issuer: issuer.origin, frames: frames.origin });
      await use({
        appOrigin: app.origin,
        reset: () => {
          registry = new FakeRegistry(makeData(files.hash));
          return registry;
        },
      });
      await Promise.all([app.close(), issuer.close(), frames.close()]);
    },
    { scope: 'worker' },
  ],

  // A page that the policy had to stop, or that threw, has failed whatever else it showed.
  admin: async ({ page, platform }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text());
    });
    await use(new Admin(page, platform.reset(), platform.appOrigin));
    expect(faults).toEqual([]);
  },
});

export { expect };
