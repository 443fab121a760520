import { randomBytes } from 'node:crypto';
import type { Invocation } from '../host/context.ts';
import type { HostBindings, LogLevel, MetricKind } from '../runtime/wire.ts';
import { FakeStorage } from './fake-storage.ts';
import { fetchBindings, secretsBindings, type FetchAnswerer } from './outgoing.ts';

export interface TestHostOptions extends Partial<Omit<Invocation, 'requestId'>> {
  /** What the install grants; default `storage.kv` and `metrics.emit`. */
  readonly capabilities?: readonly string[];
  /** Answers what the extension fetches; needs the capability `http.fetch`. */
  readonly fetch?: FetchAnswerer;
  /** Values of the install's secrets by name; needs the capability `secrets.get`. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface Measurement {
  readonly name: string;
  readonly kind: MetricKind;
  readonly value: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** One tenant's install, in memory. */
export class TestHost {
  readonly logs: LogLine[] = [];
  readonly measurements: Measurement[] = [];
  readonly storage = new FakeStorage();
  readonly bindings: HostBindings;
  #requests = 0;

  constructor(options: TestHostOptions = {}) {
    const granted = new Set(options.capabilities ?? ['storage.kv', 'metrics.emit']);
    this.bindings = {
      context: {
        current: () => ({
          requestId: `request-${this.#requests}`,
          tenantId: options.tenantId ?? 'tenant-1',
          extensionId: options.extensionId ?? 'com.example.test',
          installId: options.installId ?? 'install-1',
          version: options.version ?? '1.0.0',
          config: Object.entries(options.config ?? {}),
          user: options.user === undefined ? null : { ...options.user, roles: [...options.user.roles] },
          deadlineMs: options.deadlineMs ?? 3000,
        }),
      },
      log: {
        write: (level, message, fields) => {
          this.logs.push({ level, message, fields: Object.fromEntries(fields) });
        },
      },
      metrics: {
        emit: (name, kind, value, tags) => {
          if (!granted.has('metrics.emit')) return;
          this.measurements.push({ name, kind, value, tags: Object.fromEntries(tags) });
        },
      },
      storage: this.storage.bindings(() => granted.has('storage.kv')),
      http: fetchBindings(() => granted.has('http.fetch'), options.fetch),
      secrets: secretsBindings(() => granted.has('secrets.get'), options.secrets ?? {}),
      // Under Node, timers are Node's own.
      clock: { subscribeDuration: () => ({ block: () => undefined }) },
      random: { getRandomBytes: (length) => new Uint8Array(randomBytes(length)) },
    };
  }

  /** Counts a request; `requestId` changes with it. */
  startRequest(): void {
    this.#requests++;
  }
}

export function createTestHost(options: TestHostOptions = {}): TestHost {
  return new TestHost(options);
}
