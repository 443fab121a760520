export { fromBase64, toBase64 } from './base64.ts';
export { type Envelope, toEnvelope } from './envelope.ts';
export { FRAME_ERROR_CODES, type FrameErrorCode } from './errors.ts';
export type { FrameMessage, ReadyMessage } from './frame-messages.ts';
export type { HostMessage } from './host-messages.ts';
export {
  MAX_BODY,
  MAX_BODY_PART,
  MAX_DEPTH,
  MAX_FRAME_MESSAGE,
  MAX_HOST_MESSAGE,
  MAX_NODES,
} from './limits.ts';
export type { PayloadOf } from './message.ts';
export { createNonce, nonceFrom, withNonce } from './nonce.ts';
export { isAlga, type Parsed, parseFrameMessage, parseHostMessage, parseReady } from './parse.ts';
export { FRAME_PERMISSIONS, type FramePermission } from './permissions.ts';
export { SUPPORTED_VERSIONS, negotiateVersion } from './version.ts';
