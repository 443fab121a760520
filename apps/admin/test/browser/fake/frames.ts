// Stands in for the runner's `GET /ext-ui/...`: one extension's page, from an origin of its own.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { listen, type Listening } from './listen.ts';

/** The extension's files, and the hash that they are served under. */
export interface FrameFiles {
  readonly hash: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Bundles the page of `pages/frame.ts`. */
export async function buildFrame(): Promise<FrameFiles> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../pages/frame.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  const buttons = ['go', 'toast', 'ask', 'fetch'].map((id) => `<button id="${id}">${id}</button>`).join(' ');
  const files = {
    'ui/index.html': `<!doctype html><html lang="en"><meta charset="utf-8"><title>Reports</title><link rel="stylesheet" href="style.css"><body><h1>Reports</h1><p id="path"></p><p id="scheme"></p>${buttons}<p id="result"></p><script type="module" src="main.js"></script></body></html>`,
    'ui/main.js': outputFiles[0]?.text ?? '',
    'ui/style.css':
      'body { margin: 1.5rem; font-family: var(--alga-font-sans); background: var(--alga-color-surface); color: var(--alga-color-text); }',
  };
  return { hash: `sha256:${createHash('sha256').update(JSON.stringify(files)).digest('hex')}`, files };
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
};

/** Serves them to pages of one origin. */
export function startFrames({ hash, files }: FrameFiles, appOrigin: () => string): Promise<Listening> {
  return listen((request, response) => {
    const path = new URL(request.url ?? '/', 'http://frames').pathname;
    const name = path.startsWith(`/ext-ui/com.acme.reports/${hash}/`)
      ? path.split('/').slice(4).join('/')
      : '';
    response.setHeader(
      'content-security-policy',
      `sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'self'; frame-ancestors ${appOrigin()}`,
    );
    response.setHeader('access-control-allow-origin', '*');
    const file = files[name];
    if (file === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain' })
        .end(file);
  });
}
