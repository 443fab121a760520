import type { FrameMessage } from '@alga/iframe-protocol';
import type { Rate } from './token-bucket.ts';

/** Messages of any kind through one frame's port. Beyond it they are dropped unread. */
export const ALL_MESSAGES: Rate = { perSecond: 200, burst: 400 };

/** Messages by type; what is beyond is answered `rate_limited`. */
export const MESSAGES: Readonly<Record<FrameMessage['type'], Rate>> = {
  resize: { perSecond: 30, burst: 60 },
  navigate: { perSecond: 10, burst: 50 },
  apiproxy: { perSecond: 20, burst: 60 },
  apiproxy_body: { perSecond: 100, burst: 300 },
  apiproxy_cancel: { perSecond: 20, burst: 60 },
  toast: { perSecond: 0.5, burst: 5 },
  confirm: { perSecond: 0.2, burst: 5 },
  token: { perSecond: 0.2, burst: 5 },
};

/** Messages that are dropped or refused before a frame is taken down. They come back at this rate too. */
export const REFUSALS: Rate = { perSecond: 5, burst: 200 };

/** New documents in a frame that the host did not ask for: reloads and navigations. */
export const RELOADS: Rate = { perSecond: 0.1, burst: 5 };

/** API calls of one frame at the same time. */
export const MAX_CALLS = 8;

/** Bytes of request bodies that one frame may have waiting, all its calls together. */
export const MAX_WAITING_BODIES = 20 * 1024 * 1024;
