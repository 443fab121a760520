import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

// Debian's; Playwright's own browsers are not downloaded.
const executablePath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);
if (executablePath === undefined) throw new Error('No Chromium: install it, or set CHROMIUM_PATH.');

export default defineConfig({
  testDir: 'specs',
  outputDir: '../../../../TestResults/admin',
  workers: 1,
  // Only to end what hangs: axe looks at a screen four times, and CI is many times slower than a desk.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  use: {
    launchOptions: { executablePath },
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-GB',
    timezoneId: 'Europe/Vienna',
    screenshot: 'only-on-failure',
  },
});
