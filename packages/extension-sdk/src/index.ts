export type { EventHandler, ExtensionEvent } from './events/event.ts';
export type { Extension, FetchExtension, RequestInfo } from './extension.ts';
export { App, createApp, type Handler, type HandlerAnswer, type Method, type Route } from './http/app.ts';
export { HttpError } from './http/http-error.ts';
export type { HeaderList } from './http/header-list.ts';
export type { Query } from './http/query.ts';
export type { ExtensionRequest, ParamsOf, RequestContext } from './http/request-context.ts';
export type { ExtensionResponse, ResponseOptions } from './http/response.ts';
export { currentInvocation, type Invocation, type User } from './host/context.ts';
export { CapabilityDeniedError, HostError } from './host/errors.ts';
export { fetch, FetchError, type FetchOptions, type FetchResponse } from './host/http.ts';
export { log, type LogFields } from './host/log.ts';
export { metrics, type MetricTags } from './host/metrics.ts';
export { SecretError, secrets } from './host/secrets.ts';
export {
  storage,
  type Change,
  type Entry,
  type Page,
  type ScanOptions,
  type StorageNamespace,
  type WriteOptions,
} from './host/storage.ts';
export {
  StorageConflictError,
  StorageInvalidError,
  StorageQuotaExceededError,
  StorageUnavailableError,
} from './host/storage-errors.ts';
export { decodeUtf8, encodeUtf8 } from './utf8.ts';
