import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        // The tests import the kit as its users do, and run on its sources.
        resolve: { alias: { '@alga/ui-kit': join(import.meta.dirname, 'src', 'index.ts') } },
        test: {
          name: 'components',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/browser/**', 'test/package.test.ts'],
          environment: 'jsdom',
          setupFiles: ['test/setup.ts'],
          // Typing and opening menus takes a second on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
        },
      },
    ],
  },
});
