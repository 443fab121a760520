import { defineConfig } from 'vite';

export default defineConfig({
  // Relative, so that the platform may serve the page under any path.
  base: './',
  build: {
    target: 'es2022',
    // Files of its own only, nothing inline: the page's policy has no exceptions.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
});
