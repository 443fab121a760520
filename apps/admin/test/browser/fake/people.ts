/** The demo users that the tests sign in as. */
export const PEOPLE = {
  ada: {
    email: 'ada@acme.example',
    name: 'Ada',
    roles: ['tenant_admin', 'tenant_user'],
    publishers: [],
    isInTenant: true,
  },
  grace: {
    email: 'grace@acme.example',
    name: 'Grace',
    roles: ['tenant_user'],
    publishers: [],
    isInTenant: true,
  },
  dev: {
    email: 'dev@acme.example',
    name: 'Sample developer',
    roles: ['publisher'],
    publishers: ['acme'],
    isInTenant: false,
  },
  olivia: {
    email: 'olivia@platform.example',
    name: 'Olivia',
    roles: ['operator'],
    publishers: [],
    isInTenant: false,
  },
} as const;

export type Who = keyof typeof PEOPLE;

const TENANT = '01936b2e-0000-7000-8000-00000000ac3e';

/** A token as the local issuer writes it, but signed by nobody: this fake trusts itself. */
export function tokenFor(who: Who, issuer: string, audience: string, nonce?: string): string {
  const { email, name, roles, publishers, isInTenant } = PEOPLE[who];
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: audience,
    sub: email,
    iat: now,
    exp: now + 3600,
    email,
    name,
    roles,
    publishers,
    ...(isInTenant ? { tenant_id: TENANT } : {}),
    ...(nonce === undefined ? {} : { nonce }),
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'ES256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}

/** Who a token is of. */
export function readToken(authorization: string | undefined): Who | undefined {
  const payload = authorization?.replace(/^Bearer /, '').split('.')[1];
  if (payload === undefined) return undefined;
  const { sub, aud } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    sub: string;
    aud: string;
  };
  if (aud !== 'alga-extensions') return undefined;
  return (Object.keys(PEOPLE) as Who[]).find((who) => PEOPLE[who].email === sub);
}
