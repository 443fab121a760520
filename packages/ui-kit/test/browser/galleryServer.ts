import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const built = join(packageRoot, 'gallery', 'dist');
const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What an extension's page gets from the runner. */
export const extensionPolicy = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
].join('; ');

export interface GalleryServer {
  /** Of the gallery itself. */
  url: string;
  /** Of a page that shows the gallery in a sandboxed frame, as the host shows an extension. */
  hostUrl: string;
  close: () => Promise<void>;
}

/** Builds the gallery and serves it on a free port, with the policy of an extension's frame. */
export async function startGallery(): Promise<GalleryServer> {
  await build({ configFile: join(packageRoot, 'gallery', 'vite.config.ts'), logLevel: 'error' });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/host') sendHostPage(response);
    else void sendFile(pathname, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/index.html`,
    hostUrl: `${origin}/host`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function sendHostPage(response: ServerResponse): void {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(
    '<!doctype html><title>Host</title><iframe title="Extension" src="/index.html" sandbox="allow-scripts" width="1200" height="800"></iframe>',
  );
}

async function sendFile(pathname: string, response: ServerResponse): Promise<void> {
  const file = join(built, normalize(pathname));
  try {
    const body = await readFile(file);
    response.setHeader('Content-Type', mediaTypes[extname(file)] ?? 'application/octet-stream');
    response.setHeader('Content-Security-Policy', extensionPolicy);
    // A sandboxed page has an opaque origin, for which its own files are cross-origin.
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end(body);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}
