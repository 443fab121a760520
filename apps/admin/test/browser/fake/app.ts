// Serves the built app as a platform would: files, `config.json`, and `/api` on the page's own origin.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listen, type Listening } from './listen.ts';
import { readToken } from './people.ts';
import type { FakeRegistry } from './registry.ts';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** What the app is told, and who answers its calls. */
export interface AppOptions {
  readonly issuer: () => string;
  readonly frames: () => string;
  readonly registry: () => FakeRegistry;
}

/** Starts it on a port of its own. */
export function startApp({ issuer, frames, registry }: AppOptions): Promise<Listening> {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('There is no dist/: run the build first.');
  return listen(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://app');
    if (url.pathname.startsWith('/api/ext/')) {
      const who = readToken(request.headers.authorization);
      response.writeHead(200, { 'content-type': 'text/plain' }).end(`agreements of ${who ?? 'nobody'}`);
      return;
    }
    if (url.pathname.startsWith('/api/ext-tail/')) {
      registry().tails.answer(response, request.headers['last-event-id']?.toString());
      return;
    }
    if (url.pathname.startsWith('/api/')) {
      await registry().answer(request, response, url);
      return;
    }
    // The policy of the README, word for word.
    response.setHeader(
      'content-security-policy',
      `default-src 'self'; img-src 'self' data:; connect-src 'self' ${issuer()}; frame-src ${frames()}; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    if (url.pathname === '/config.json') {
      const config = {
        registryBase: '/api',
        gatewayBase: '/api',
        runnerPublicBase: frames(),
        authority: issuer(),
        clientId: 'alga-admin',
      };
      response
        .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(config));
      return;
    }
    const file = join(DIST, normalize(url.pathname === '/' ? '/index.html' : url.pathname));
    if (!file.startsWith(DIST) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response
      .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
      .end(await readFile(file));
  });
}
