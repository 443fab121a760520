import { defineConfig } from 'vite';

// The frame's content security policy allows files of its own origin only: nothing inline, and relative paths, because
// the address of the bundle has its hash in it.
export default defineConfig({
  root: 'web',
  base: './',
  build: {
    // One file, fetched once and kept: its address has the bundle's hash in it.
    chunkSizeWarningLimit: 2000,
    outDir: '../ui',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      // "use client" of React libraries means nothing here.
      checks: { moduleLevelDirective: false },
      output: {
        // The bundle's hash is in the address already, and one in a name would only make each build differ.
        entryFileNames: 'assets/[name].js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: 'assets/[name][extname]',
      },
    },
  },
});
