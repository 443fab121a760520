// The user's access token. It stays in this page: frames never see it.
import type { FrameContext } from '@alga/host-bridge';
import type { DemoConfig } from './config.ts';

const GRANT_TYPE = 'urn:alga:params:oauth:grant-type:demo-user';
const REMEMBERED = 'demo-host.sign-in';
const SPARE_SECONDS = 30;

/** Who is signed in: a user that the issuer gives tokens for, or just a token. */
export type SignIn = { readonly user: string } | { readonly token: string };

/** What the page knows of the signed-in user. */
export interface Access {
  /** A token that is good for some time yet. */
  readonly token: () => Promise<string>;
  readonly name: string;
  readonly context: Omit<FrameContext, 'locale'>;
}

interface Claims {
  readonly sub?: string;
  readonly name?: string;
  readonly email?: string;
  readonly tenant_id?: string;
  readonly exp?: number;
}

/** The sign-in of this tab, kept over reloads. */
export function remembered(): SignIn | undefined {
  const stored = sessionStorage.getItem(REMEMBERED);
  return stored === null ? undefined : (JSON.parse(stored) as SignIn);
}

/** Keeps a sign-in for this tab, or forgets it. */
export function remember(signIn: SignIn | undefined): void {
  if (signIn === undefined) sessionStorage.removeItem(REMEMBERED);
  else sessionStorage.setItem(REMEMBERED, JSON.stringify(signIn));
}

/**
 * Gets the first token, and a new one whenever it is about to expire.
 *
 * @throws {Error} when the issuer gives none, or the pasted text is no token.
 */
export async function openAccess(config: DemoConfig, signIn: SignIn): Promise<Access> {
  let token = 'token' in signIn ? signIn.token : await fetchToken(config, signIn.user);
  const claims = readClaims(token);
  return {
    async token() {
      const isLate = (readClaims(token).exp ?? Infinity) - SPARE_SECONDS < Date.now() / 1000;
      if (isLate && 'user' in signIn) token = await fetchToken(config, signIn.user);
      return token;
    },
    name: claims.name ?? claims.email ?? claims.sub ?? 'Somebody',
    context: {
      ...(claims.tenant_id === undefined ? {} : { tenantId: claims.tenant_id }),
      ...(claims.sub === undefined
        ? {}
        : {
            user: {
              id: claims.sub,
              ...(claims.name === undefined ? {} : { name: claims.name }),
              ...(claims.email === undefined ? {} : { email: claims.email }),
            },
          }),
    },
  };
}

async function fetchToken(config: DemoConfig, user: string): Promise<string> {
  if (config.tokenUrl === undefined) throw new Error('config.json names no tokenUrl.');
  const response = await fetch(config.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: GRANT_TYPE, user }),
  });
  const answer = (await response.json()) as { access_token?: string; error_description?: string };
  if (answer.access_token === undefined)
    throw new Error(answer.error_description ?? 'The issuer gave no token.');
  return answer.access_token;
}

// For display and for the time of the next token only. The gateway is who checks it.
function readClaims(token: string): Claims {
  const payload = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/');
  if (payload === undefined) throw new Error('That is not a token.');
  const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
}
