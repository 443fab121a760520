/** Why a host refused what a frame asked for, or ended the connection. */
export const FRAME_ERROR_CODES = [
  /** The message does not fit its schema. */
  'invalid_message',
  /** The message has more characters or values than one may have. */
  'message_too_large',
  /** Host and frame share no version of the protocol. */
  'version_unsupported',
  /** The host does not let this extension ask for that. */
  'permission_denied',
  /** Too many messages, of this kind or in all; also an open dialog while another is asked for. */
  'rate_limited',
  /** The request body is larger than the platform takes, or its parts do not add up. */
  'body_too_large',
  /** The answer is larger than a message may be. */
  'response_too_large',
  /** The host could not reach the gateway. */
  'network',
  /** No answer in time. */
  'timeout',
  /** The caller took the request back. */
  'cancelled',
  /** The host has no token for this install. */
  'token_unavailable',
  /** The connection has ended. */
  'closed',
  /** A fault of the host page. */
  'internal',
] as const;

/** See {@link FRAME_ERROR_CODES}. */
export type FrameErrorCode = (typeof FRAME_ERROR_CODES)[number];
