import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

// Debian's, which `./test` installs; Playwright's own browsers are not downloaded.
const executablePath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);
if (executablePath === undefined) throw new Error('No Chromium: install it, or set CHROMIUM_PATH.');

export default defineConfig({
  testDir: 'specs',
  outputDir: '../../TestResults/browser',
  // The servers of the fixtures belong to a worker, and the machine is shared.
  workers: 1,
  // Only to end what hangs: CI is many times slower than a desk.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  use: {
    launchOptions: { executablePath },
    // Colours are looked at, which must not be on their way to others.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
  },
});
