import type { HostMessage, PayloadOf } from '@alga/iframe-protocol';
import type { Channel } from './channel.ts';

type Token = PayloadOf<HostMessage, 'token_response'>;

// Enough for a call that starts with it.
const SPARE_SECONDS = 30;

/** Tokens of this install. */
export interface Auth {
  /**
   * A short-lived token of this install. It is not the user's and is of no use elsewhere. `api.fetch` needs none.
   *
   * @throws {FrameError} `permission_denied` or `token_unavailable`.
   */
  getToken(): Promise<string>;
}

/** Tokens through a channel; one is asked for again when its end is near. */
export function createAuth(channel: Channel, first: Token | null, now: () => number = Date.now): Auth {
  let known = first;
  let asking: Promise<Token> | undefined;
  return {
    async getToken() {
      if (known !== null && known.expires_at - SPARE_SECONDS > now() / 1000) return known.token;
      asking ??= channel.ask('token', {}, 'token_response').answer.finally(() => {
        asking = undefined;
      });
      known = await asking;
      return known.token;
    },
  };
}
