import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const path = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Chromium from the path in `CHROMIUM`, or from the distribution's package. */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(path)) {
    throw new Error(`No Chromium at ${path}: install the package chromium, or set CHROMIUM to its path.`);
  }
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
