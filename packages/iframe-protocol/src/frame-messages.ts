import { base64, headers, path, shown, version } from './fields.ts';
import { MAX_BODY, MAX_BODY_PART } from './limits.ts';
import { type MessageOf, notice, question } from './message.ts';
import { boolean, integer, list, object, oneOf, optional, text } from './schema.ts';

const BODY_PART_CHARACTERS = (MAX_BODY_PART / 3) * 4;

/** The first message, and the only one that travels from window to window; it carries the port for all others. */
export const READY = notice(
  object({
    /** What the host put into the frame's URL for this one load. */
    nonce: text(64, { min: 16, pattern: /^[A-Za-z0-9_-]+$/ }),
    /** Versions that the frame speaks, best first. */
    versions: list(version, 8),
  }),
);

/** What a frame may send through its port. */
export const FRAME_MESSAGES = {
  /** The content's height in CSS pixels. */
  resize: notice(object({ height: integer(0, 100_000) })),
  /** The frame shows this place now. */
  navigate: notice(object({ path })),
  /** Calls an endpoint of the extension. */
  apiproxy: question(
    object({
      route: path,
      method: optional(oneOf('GET', 'POST', 'PUT', 'PATCH', 'DELETE')),
      headers: optional(headers),
      /** The whole body, when it fits into one message. */
      body: optional(base64(BODY_PART_CHARACTERS)),
      /** Bytes of a body that follows in `apiproxy_body` messages; not together with `body`. */
      body_size: optional(integer(1, MAX_BODY)),
      /** Whether `apiproxy_progress` is wanted while the body is sent. */
      progress: optional(boolean),
    }),
  ),
  /** The next part of the body of the `apiproxy` with the same `request_id`. */
  apiproxy_body: question(object({ data: base64(BODY_PART_CHARACTERS) })),
  /** The answer to the `apiproxy` with the same `request_id` is no longer wanted. */
  apiproxy_cancel: question(object({})),
  toast: notice(object({ kind: oneOf('info', 'success', 'warning', 'error'), message: shown(300) })),
  confirm: question(
    object({
      title: shown(120),
      message: shown(1000),
      confirm_label: optional(shown(40)),
      cancel_label: optional(shown(40)),
      /** Whether the action destroys something. */
      danger: optional(boolean),
    }),
  ),
  token: question(object({})),
};

/** The handshake's message. */
export type ReadyMessage = MessageOf<{ ready: typeof READY }>;

/** Any message of a frame after the handshake. */
export type FrameMessage = MessageOf<typeof FRAME_MESSAGES>;
