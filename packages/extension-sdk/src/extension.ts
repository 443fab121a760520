import type { EventHandler } from './events/event.ts';
import type { Invocation } from './host/context.ts';
import { App } from './http/app.ts';

/** What is used of a standard `Response`: the SDK's own, or Node's in a test. */
export interface StandardResponse {
  readonly status: number;
  readonly headers: Iterable<[string, string]>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What the platform knows of a request beyond its standard form. */
export interface RequestInfo {
  /** The manifest's template that matched, such as `/agreements/:id`. */
  readonly endpoint: string;
  /** The template's parameters by name. */
  readonly params: Readonly<Record<string, string>>;
  /** Who calls and for whom. */
  readonly invocation: Invocation;
}

/** An extension without the router. */
export interface FetchExtension {
  /**
   * Answers every endpoint of the manifest. The request's URL is `https://extension.invalid` and the path below the
   * extension's root.
   */
  // A method, so that a handler may name the `Request` type that it is compiled with.
  fetch(request: StandardRequest, info: RequestInfo): StandardResponse | PromiseLike<StandardResponse>;
  /** Receives every event of the manifest. */
  readonly event?: EventHandler;
}

/** What is common to the `Request` of a component and Node's. */
export interface StandardRequest {
  readonly method: string;
  readonly url: string;
  text(): Promise<string>;
  json(): Promise<unknown>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What `server/index.ts` exports as its default. */
export type Extension = App | FetchExtension;

/** @throws TypeError when a default export is no extension. */
export function checkExtension(value: unknown): Extension {
  if (value instanceof App) return value;
  const isFetch =
    typeof value === 'object' && value !== null && 'fetch' in value && typeof value.fetch === 'function';
  if (isFetch) return value as FetchExtension;
  throw new TypeError(
    'server/index.ts must export the result of createApp(), or an object with a fetch method, as its default export.',
  );
}
