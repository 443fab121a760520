import { UserManager, type User } from 'oidc-client-ts';
import type { AdminConfig } from '../config.ts';

/** Who is signed in, for display and to offer what they may do; the registry decides for itself. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly tenantId: string | undefined;
  readonly roles: readonly string[];
  readonly publishers: readonly string[];
}

/** A signed-in person and their access token, which stays in this page: frames never see it. */
export interface Session {
  readonly person: Person;
  readonly accessToken: () => Promise<string>;
  readonly signOut: () => Promise<void>;
  /** Forgets a token that is refused. */
  readonly forget: () => Promise<void>;
}

/** Sign-in by OpenID Connect, authorization code with PKCE. */
export class SignIn {
  readonly #manager: UserManager;

  constructor(config: AdminConfig) {
    const page = location.origin + location.pathname;
    this.#manager = new UserManager({
      authority: config.authority,
      client_id: config.clientId,
      redirect_uri: page,
      post_logout_redirect_uri: page,
      scope: config.scope ?? 'openid profile email',
      // With a refresh token only: the page's policy shows no frames of the provider.
      automaticSilentRenew: false,
    });
  }

  /** Leaves for the provider, and comes back to the place that is shown now. */
  async begin(): Promise<void> {
    await this.#manager.signinRedirect({ state: location.hash });
  }

  /**
   * Who is signed in, when the page comes from the provider or is loaded again; null for nobody.
   *
   * @throws {Error} when the provider refuses, or its answer belongs to no sign-in of this tab.
   */
  async resume(): Promise<Session | null> {
    const query = new URLSearchParams(location.search);
    if (query.has('state') && (query.has('code') || query.has('error'))) {
      try {
        const user = await this.#manager.signinRedirectCallback();
        this.#leaveCallback(typeof user.state === 'string' ? user.state : '');
      } catch (error) {
        // The code is spent: a reload must not try it again.
        this.#leaveCallback('');
        throw error;
      }
    }
    const user = await this.#manager.getUser();
    return user === null || user.expired === true ? null : this.#open(user);
  }

  #leaveCallback(hash: string): void {
    history.replaceState(null, '', location.pathname + hash);
  }

  #open(user: User): Session {
    return {
      person: toPerson(user),
      accessToken: async () => {
        const now = await this.#manager.getUser();
        if (now === null) return '';
        if (now.expires_in !== undefined && now.expires_in < 60 && now.refresh_token !== undefined) {
          return (await this.#manager.signinSilent())?.access_token ?? '';
        }
        return now.access_token;
      },
      signOut: async () => {
        const { end_session_endpoint: end } = await this.#manager.metadataService.getMetadata();
        if (end !== undefined) await this.#manager.signoutRedirect();
        else await this.#manager.removeUser();
      },
      forget: () => this.#manager.removeUser(),
    };
  }
}

function toPerson({ profile }: User): Person {
  return {
    id: profile.sub,
    name: profile.name ?? profile.email ?? profile.sub,
    email: profile.email,
    tenantId: typeof profile['tenant_id'] === 'string' ? profile['tenant_id'] : undefined,
    roles: texts(profile['roles']),
    publishers: texts(profile['publishers']),
  };
}

function texts(claim: unknown): readonly string[] {
  return Array.isArray(claim) ? claim.filter((item) => typeof item === 'string') : [];
}
