import type { FrameErrorCode } from '@alga/iframe-protocol';

/** Something that the host did not do, with the reason as a stable code. */
export class FrameError extends Error {
  override readonly name = 'FrameError';

  constructor(
    readonly code: FrameErrorCode,
    message: string,
  ) {
    super(message);
  }
}
