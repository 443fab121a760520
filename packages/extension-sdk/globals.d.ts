/** Globals that the SDK gives an extension; the sandbox has no others beyond the ECMAScript language. */

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
