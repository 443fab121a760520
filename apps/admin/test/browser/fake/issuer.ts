// Stands in for the local issuer: discovery, a sign-in page, authorization code with PKCE.
import { createHash, randomUUID } from 'node:crypto';
import { bodyOf, listen, type Listening } from './listen.ts';
import { PEOPLE, tokenFor, type Who } from './people.ts';

/** Starts it, for pages of one origin. */
export async function startIssuer(appOrigin: () => string): Promise<Listening> {
  const codes = new Map<string, { who: Who; challenge: string; nonce: string | undefined }>();
  const server = await listen(async (request, response) => {
    const url = new URL(request.url ?? '/', server.origin);
    response.setHeader('access-control-allow-origin', appOrigin());
    const json = (body: object, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (url.pathname === '/.well-known/openid-configuration') {
      json({
        issuer: server.origin,
        authorization_endpoint: `${server.origin}/authorize`,
        token_endpoint: `${server.origin}/token`,
        jwks_uri: `${server.origin}/.well-known/jwks.json`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
      });
      return;
    }
    if (url.pathname === '/authorize' && url.searchParams.has('user')) {
      const code = randomUUID();
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      if (back.origin !== appOrigin()) throw new Error('Another page.');
      codes.set(code, {
        who: url.searchParams.get('user') as Who,
        challenge: url.searchParams.get('code_challenge') ?? '',
        nonce: url.searchParams.get('nonce') ?? undefined,
      });
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      response.writeHead(303, { location: back.href }).end();
      return;
    }
    if (url.pathname === '/authorize') {
      const links = Object.entries(PEOPLE).map(([who, { name }]) => {
        const link = new URL(url);
        link.searchParams.set('user', who);
        return `<p><a href="${link.href.replaceAll('&', '&amp;')}">${name}</a></p>`;
      });
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<!doctype html><title>Sign in</title><h1>Who are you?</h1>${links.join('')}`);
      return;
    }
    if (url.pathname === '/token') {
      const form = new URLSearchParams(await bodyOf(request));
      const issued = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const verified = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (issued?.challenge !== verified) {
        json({ error: 'invalid_grant', error_description: 'The code does not fit.' }, 400);
        return;
      }
      json({
        access_token: tokenFor(issued.who, server.origin, 'alga-extensions'),
        id_token: tokenFor(issued.who, server.origin, 'alga-admin', issued.nonce),
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'openid profile email',
      });
      return;
    }
    response.writeHead(404).end();
  });
  return server;
}
