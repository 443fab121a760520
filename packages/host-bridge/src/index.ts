export {
  type BootstrapOptions,
  bootstrapIframe,
  type FrameFailure,
  type FrameHandle,
  type FrameState,
} from './bootstrap-iframe.ts';
export { buildExtUiSrc, extUiFrameSource, extUiOrigin, type ExtUiSource } from './ext-ui-src.ts';
export type {
  ApiOptions,
  ConfirmRequest,
  FrameContext,
  FrameToken,
  HostTheme,
  Refusal,
  SessionOptions,
  ToastRequest,
} from './options.ts';
export { type ApiAnswer, ApiFailure, type ApiRequest, type ApiTransport } from './transport.ts';
export type { FrameErrorCode, FramePermission } from '@alga/iframe-protocol';
