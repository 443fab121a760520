import { build } from 'esbuild';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const packageRoot = join(import.meta.dirname, '..');

async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: packageRoot, loader: 'tsx' },
    alias: { '@alga/ui-kit': join(packageRoot, 'src', 'index.ts') },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    external: ['react', 'react-dom', 'react/jsx-runtime'],
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0]?.text ?? '';
}

describe('the package', () => {
  it('gives a bundle only what it uses', async () => {
    const one = await bundle(`import { Badge } from '@alga/ui-kit'; console.log(Badge);`);
    const all = await bundle(`import * as kit from '@alga/ui-kit'; console.log(kit);`);
    expect(one).toContain('alga-Badge');
    expect(one.length).toBeLessThan(2_000);
    expect(all.length).toBeGreaterThan(100_000);
  });

  it('ships a stylesheet that asks for no other file', async () => {
    const { outputFiles } = await build({
      entryPoints: [join(packageRoot, 'src', 'styles.css')],
      bundle: true,
      write: false,
    });
    const css = outputFiles[0]?.text ?? '';
    expect(css).toContain('.alga-DataTable');
    expect(css).not.toMatch(/@import|url\(|@font-face/);
  });
});
