import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Building an extension takes seconds, and many times that on a busy machine.
  test: { include: ['test/**/*.test.ts'], testTimeout: 300_000 },
});
