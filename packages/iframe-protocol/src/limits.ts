/**
 * Largest message a frame may send, in characters over all its strings and keys. A larger request body travels in
 * several `apiproxy_body` messages.
 */
export const MAX_FRAME_MESSAGE = 1024 * 1024;

/** Largest message a host may send, in characters: an API answer of 10 MiB in base64, and its headers. */
export const MAX_HOST_MESSAGE = 15 * 1024 * 1024;

/** Bytes of a request body in one message. A multiple of 3, so that the parts join as base64 without padding between them. */
export const MAX_BODY_PART = 384 * 1024;

/** Bytes of a whole request body, as at the gateway. */
export const MAX_BODY = 10 * 1024 * 1024;

/** Values (objects, list items, strings, numbers) in one message. */
export const MAX_NODES = 4096;

/** Objects and lists inside one another. */
export const MAX_DEPTH = 6;
