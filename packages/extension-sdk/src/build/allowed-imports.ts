const alga = ['types', 'context', 'log', 'metrics', 'storage', 'http', 'secrets'].map(
  (name) => `alga:extension/${name}@2.0.0`,
);

const wasi = [
  'clocks/monotonic-clock',
  'clocks/wall-clock',
  'io/poll',
  'random/insecure-seed',
  'random/random',
].map((name) => `wasi:${name}@0.2.12`);

/** All that a component made by this SDK imports; the README says why. */
export const allowedImports: ReadonlySet<string> = new Set([...alga, ...wasi]);
