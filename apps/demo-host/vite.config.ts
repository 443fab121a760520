import { defineConfig } from 'vite';

export default defineConfig({
  // Relative, so that the platform may serve the page under any path.
  base: './',
  build: { target: 'es2022' },
});
