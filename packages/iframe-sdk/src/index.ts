export type { Api, ApiInit, UploadProgress } from './api.ts';
export type { Auth } from './auth.ts';
export { connect, type ConnectOptions } from './connect.ts';
export type { ConfirmOptions, Extension, ExtensionContext } from './extension.ts';
export { FrameError } from './frame-error.ts';
export type { Navigation } from './navigation.ts';
export { applyTheme, type Theme, type ThemeSource } from './theme.ts';
export type { FrameErrorCode, FramePermission } from '@alga/iframe-protocol';
