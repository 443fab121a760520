/** The values that cross the sandbox boundary, as the toolchain maps `extension.wit` to JavaScript. */

export type WireHeader = [name: string, value: string];

export type WireBody =
  { tag: 'empty'; val?: undefined } | { tag: 'text'; val: string } | { tag: 'binary'; val: Uint8Array };

export interface WireRequest {
  method: string;
  path: string;
  endpoint: string;
  params: [string, string][];
  query: [string, string][];
  headers: WireHeader[];
  body: WireBody;
}

export interface WireResponse {
  status: number;
  headers: WireHeader[];
  body: WireBody;
}

export interface WireInvocation {
  requestId: string;
  tenantId: string;
  extensionId: string;
  installId: string;
  version: string;
  config: [string, string][];
  user: { id: string; email: string; name: string; roles: string[] } | null;
  deadlineMs: number;
}

export interface WireEntry {
  key: string;
  value: string;
  revision: number;
  expiresAt: string | null;
}

export interface WireWrite {
  key: string;
  value: string;
  ifRevision: number | null;
  ttlSeconds: number | null;
}

export type WireChange = { tag: 'put'; val: WireWrite } | { tag: 'delete'; val: [string, number | null] };

export interface WirePage {
  entries: WireEntry[];
  cursor: string | null;
}

export interface WireOutgoing {
  method: string;
  url: string;
  headers: WireHeader[];
  body: WireBody;
  timeoutMs: number | null;
}

export interface WireIncoming {
  status: number;
  headers: WireHeader[];
  body: WireBody;
}

export interface WireEvent {
  id: string;
  topic: string;
  occurredAt: string;
  attempt: number;
  payload: string;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type MetricKind = 'counter' | 'gauge' | 'histogram';

/**
 * The imports of a guest. A `result` error is thrown as an `Error` whose `payload` is the error variant.
 * An argument of the wrong JavaScript type stops the guest without a message, so callers check first.
 */
export interface HostBindings {
  context: { current(): WireInvocation };
  log: { write(level: LogLevel, message: string, fields: [string, string][]): void };
  metrics: { emit(name: string, kind: MetricKind, value: number, tags: [string, string][]): void };
  storage: {
    get(namespace: string, key: string): WireEntry | null;
    put(namespace: string, write: WireWrite): WireEntry;
    delete(namespace: string, key: string, ifRevision: number | null): boolean;
    scan(namespace: string, prefix: string, cursor: string | null, limit: number): WirePage;
    commit(namespace: string, changes: WireChange[]): WireEntry[];
  };
  http: { fetch(request: WireOutgoing): WireIncoming };
  secrets: { get(name: string): string; names(): string[] };
  random: { getRandomBytes(length: number): Uint8Array };
  /** `when` is in nanoseconds. */
  clock: { subscribeDuration(when: number): { block(): void } };
}
