/**
 * Globals of an extension, beyond the ECMAScript language. They are what the web standards of their names say, as far as
 * this file declares it; there are no streams.
 */

/** Writes to the extension's log. */
declare const console: {
  debug(...values: unknown[]): void;
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
};

declare const crypto: {
  /** Fills at most 65,536 bytes of an integer array with random bytes and returns it. */
  getRandomValues<T extends ArrayBufferView>(array: T): T;
  /** A random UUID, version 4. */
  randomUUID(): `${string}-${string}-${string}-${string}-${string}`;
};

declare function atob(base64: string): string;
declare function btoa(binary: string): string;

/** Within the invocation: what is not due when the answer is there never runs. */
declare function setTimeout<A extends unknown[]>(
  run: (...args: A) => void,
  delayMs?: number,
  ...args: A
): number;
declare function clearTimeout(id: number | undefined): void;
declare function queueMicrotask(job: () => void): void;

declare const fetch: typeof import('./dist/web/index.js').fetch;
type Headers = import('./dist/web/index.js').Headers;
declare const Headers: typeof import('./dist/web/index.js').Headers;
type Request = import('./dist/web/index.js').Request;
declare const Request: typeof import('./dist/web/index.js').Request;
type Response = import('./dist/web/index.js').Response;
declare const Response: typeof import('./dist/web/index.js').Response;

interface URLSearchParams extends Iterable<[string, string]> {
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  entries(): IterableIterator<[string, string]>;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  keys(): IterableIterator<string>;
  set(name: string, value: string): void;
  sort(): void;
  toString(): string;
  values(): IterableIterator<string>;
}
declare const URLSearchParams: new (
  init?: string | Iterable<readonly [string, string]> | Readonly<Record<string, string>> | URLSearchParams,
) => URLSearchParams;

interface URL {
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toJSON(): string;
  toString(): string;
}
declare const URL: {
  new (url: string | URL, base?: string | URL): URL;
  canParse(url: string | URL, base?: string | URL): boolean;
  parse(url: string | URL, base?: string | URL): URL | null;
};

interface TextEncoder {
  readonly encoding: 'utf-8';
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, target: Uint8Array): { read: number; written: number };
}
declare const TextEncoder: new () => TextEncoder;

interface TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { readonly stream?: boolean }): string;
}
/** Knows UTF-8, UTF-16 and the single-byte encodings. */
declare const TextDecoder: new (
  label?: string,
  options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean },
) => TextDecoder;
