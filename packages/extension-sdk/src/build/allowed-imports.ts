import type { ComponentNames } from './component-names.ts';

const alga = ['types', 'context', 'log', 'metrics', 'storage', 'http', 'secrets'].map(
  (name) => `alga:extension/${name}@2.0.0`,
);

const wasi = [
  'cli/environment',
  'cli/exit',
  'cli/stderr',
  'cli/stdin',
  'cli/stdout',
  'cli/terminal-input',
  'cli/terminal-output',
  'cli/terminal-stderr',
  'cli/terminal-stdin',
  'cli/terminal-stdout',
  'clocks/monotonic-clock',
  'clocks/wall-clock',
  'filesystem/preopens',
  'filesystem/types',
  'io/error',
  'io/poll',
  'io/streams',
  'random/insecure-seed',
  'random/random',
].map((name) => `wasi:${name}@0.2.12`);

/** All that a component made by this SDK imports; the README says why. */
export const allowedImports: ReadonlySet<string> = new Set([...alga, ...wasi]);

/** The imports that no host of the platform provides. */
export function unknownImports(names: ComponentNames): string[] {
  return names.imports.filter((name) => !allowedImports.has(name));
}
