import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// The gallery is built the way an extension's UI is: files of its own only, nothing inline.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  resolve: {
    alias: {
      '@alga/ui-kit/styles.css': fileURLToPath(new URL('../src/styles.css', import.meta.url)),
      '@alga/ui-kit': fileURLToPath(new URL('../src/index.ts', import.meta.url)),
    },
  },
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
});
