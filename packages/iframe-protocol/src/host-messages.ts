import { FRAME_ERROR_CODES } from './errors.ts';
import { base64, frameToken, headers, path, themeTokens } from './fields.ts';
import { MAX_BODY } from './limits.ts';
import { answer, type MessageOf, notice } from './message.ts';
import { FRAME_PERMISSIONS } from './permissions.ts';
import { boolean, type Guard, integer, list, nullable, object, oneOf, optional, text } from './schema.ts';

const id = text(256, { min: 1 });

const colorScheme = oneOf('light', 'dark');

/** Where and for whom the frame runs. For display: rights are checked by the gateway, never here. */
const context = object({
  extension_id: id,
  install_id: optional(id),
  tenant_id: optional(id),
  user: optional(object({ id, name: optional(text(256)), email: optional(text(320)) })),
  /** BCP 47, such as `de-AT`. */
  locale: text(35, { min: 2, pattern: /^[A-Za-z0-9-]+$/ }),
});

/** A list of names of which those that this side does not know are left out: a later host may have more of them. */
function known<const T extends string>(names: readonly T[]): Guard<readonly T[]> {
  const any = list(text(64), 64);
  return (value, at) => {
    const given = new Set(any(value, at));
    return names.filter((name) => given.has(name));
  };
}

const httpStatus = integer(0, 599);

/** What a host may send through a frame's port. */
export const HOST_MESSAGES = {
  /** The first message; the envelope's `version` is the one that both speak from here on. */
  bootstrap: answer(
    object({
      /** A token of the install, or null where the host gives none. Never the user's. */
      session: nullable(frameToken),
      theme_tokens: themeTokens,
      color_scheme: colorScheme,
      navigation: object({ path }),
      context,
      permissions: known(FRAME_PERMISSIONS),
    }),
  ),
  /** The host's URL names another place: back, forward, or a link of the host. */
  navigate: notice(object({ path })),
  theme: notice(object({ theme_tokens: themeTokens, color_scheme: colorScheme })),
  apiproxy_response: answer(
    object({
      /** 0 when there is an `error` instead of an answer. */
      status: httpStatus,
      headers,
      body: optional(base64(Math.ceil(MAX_BODY / 3) * 4)),
      error: optional(oneOf(...FRAME_ERROR_CODES)),
    }),
  ),
  /** Bytes of the request body that have left the browser. */
  apiproxy_progress: answer(object({ loaded: integer(0, MAX_BODY), total: integer(0, MAX_BODY) })),
  confirm_response: answer(object({ confirmed: boolean })),
  token_response: answer(frameToken),
  /** A refusal; with `request_id` when it answers something. */
  error: answer(object({ code: oneOf(...FRAME_ERROR_CODES), message: text(500) })),
};

/** Any message of a host. */
export type HostMessage = MessageOf<typeof HOST_MESSAGES>;
