import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/browser/**'],
    environment: 'jsdom',
    setupFiles: ['test/setup.ts'],
    // Typing and opening menus takes a second on a busy machine.
    testTimeout: 60_000,
  },
});
