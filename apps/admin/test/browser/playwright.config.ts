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
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    launchOptions: { executablePath },
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-GB',
    timezoneId: 'Europe/Vienna',
    screenshot: 'only-on-failure',
  },
});
