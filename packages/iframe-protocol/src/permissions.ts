/** What a host may let a frame ask for. `resize` and the messages about them need none of these. */
export const FRAME_PERMISSIONS = [
  /** Calls of the extension's own endpoints, made by the host. */
  'api',
  /** Changing the deep link in the host's URL. */
  'navigate',
  /** Short notices, drawn by the host. */
  'toast',
  /** Questions with two buttons, drawn by the host. */
  'confirm',
  /** A short-lived token of this install. */
  'token',
] as const;

/** See {@link FRAME_PERMISSIONS}. */
export type FramePermission = (typeof FRAME_PERMISSIONS)[number];
