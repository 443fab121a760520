import { hostApi } from '../runtime/bindings.ts';
import { text, whole } from '../runtime/checked.ts';
import { jsonText } from '../runtime/json-text.ts';
import type { HostBindings, WireChange, WireEntry, WireWrite } from '../runtime/wire.ts';
import { hostCall } from './errors.ts';
import { StorageConflictError, storageErrors } from './storage-errors.ts';

/** A stored JSON document. */
export interface Entry<T> {
  readonly key: string;
  readonly value: T;
  /** 1 for a new key; grows by one with each write. */
  readonly revision: number;
  /** RFC 3339 instant; absent when the entry does not expire. */
  readonly expiresAt?: string;
}

export interface WriteOptions {
  /** Write only when the stored revision is this one; 0 means "must not exist". */
  readonly ifRevision?: number;
  /** Seconds after which the entry is gone, from 1. */
  readonly ttlSeconds?: number;
}

export interface Page<T> {
  readonly entries: readonly Entry<T>[];
  /** Pass to the next `scan`; absent on the last page. */
  readonly cursor?: string;
}

export interface ScanOptions {
  readonly cursor?: string;
  /** Entries a page, from 1; default 100. */
  readonly limit?: number;
}

export type Change<T> =
  | ({ readonly put: string; readonly value: T } & WriteOptions)
  | { readonly delete: string; readonly ifRevision?: number };

/** One namespace of the tenant's key-value storage. Needs the capability `storage.kv`. */
export class StorageNamespace<T> {
  readonly name: string;

  constructor(name: string) {
    this.name = text(name, 'A storage namespace');
  }

  /** The entry, or undefined when there is none. */
  get(key: string): Entry<T> | undefined {
    const checked = text(key, 'A storage key');
    const entry = this.#call((storage) => storage.get(this.name, checked));
    return entry === null ? undefined : toEntry(entry);
  }

  /** @throws StorageConflictError when `ifRevision` does not hold. */
  put(key: string, value: T, options: WriteOptions = {}): Entry<T> {
    const write = toWrite(key, value, options);
    return toEntry(this.#call((storage) => storage.put(this.name, write)));
  }

  /** Whether there was an entry to delete. @throws StorageConflictError when `ifRevision` does not hold. */
  delete(key: string, options: { readonly ifRevision?: number } = {}): boolean {
    const checked = text(key, 'A storage key');
    const revision = toRevision(options.ifRevision);
    return this.#call((storage) => storage.delete(this.name, checked, revision));
  }

  /** One page of the entries whose key starts with `prefix`, by key. */
  scan(prefix = '', options: ScanOptions = {}): Page<T> {
    const checked = text(prefix, 'A key prefix');
    const cursor = options.cursor === undefined ? null : text(options.cursor, 'A cursor');
    const limit = whole(options.limit ?? 100, 'A page limit', 1, 0xffff_ffff);
    const page = this.#call((storage) => storage.scan(this.name, checked, cursor, limit));
    return {
      entries: page.entries.map((entry) => toEntry<T>(entry)),
      ...(page.cursor === null ? {} : { cursor: page.cursor }),
    };
  }

  /** All entries whose key starts with `prefix`, fetched page by page. */
  *entries(prefix = ''): Generator<Entry<T>, void> {
    let cursor: string | undefined;
    do {
      const page: Page<T> = this.scan(prefix, cursor === undefined ? {} : { cursor });
      yield* page.entries;
      cursor = page.cursor;
    } while (cursor !== undefined);
  }

  /** Makes all changes, or none. The entries of the writes, in order. */
  commit(changes: readonly Change<T>[]): Entry<T>[] {
    const wire = changes.map((change): WireChange =>
      'put' in change
        ? { tag: 'put', val: toWrite(change.put, change.value, change) }
        : { tag: 'delete', val: [text(change.delete, 'A storage key'), toRevision(change.ifRevision)] },
    );
    return this.#call((storage) => storage.commit(this.name, wire)).map((entry) => toEntry<T>(entry));
  }

  /**
   * Reads, changes and writes back, and starts again when somebody else wrote in between.
   * @throws StorageConflictError after `attempts` (default 10) lost races.
   */
  update(key: string, change: (current: T | undefined) => T, attempts = 10): Entry<T> {
    for (let attempt = 1; ; attempt++) {
      const current = this.get(key);
      try {
        return this.put(key, change(current?.value), { ifRevision: current?.revision ?? 0 });
      } catch (error) {
        if (!(error instanceof StorageConflictError) || attempt >= attempts) throw error;
      }
    }
  }

  #call<R>(call: (storage: HostBindings['storage']) => R): R {
    const storage = hostApi('storage');
    return hostCall('storage.kv', storageErrors, () => call(storage));
  }
}

/** The tenant's key-value storage, by the namespaces that the manifest declares. */
export const storage = {
  namespace: <T>(name: string): StorageNamespace<T> => new StorageNamespace<T>(name),
} as const;

function toEntry<T>(entry: WireEntry): Entry<T> {
  return {
    key: entry.key,
    value: JSON.parse(entry.value) as T,
    revision: entry.revision,
    ...(entry.expiresAt === null ? {} : { expiresAt: entry.expiresAt }),
  };
}

function toWrite(key: string, value: unknown, options: WriteOptions): WireWrite {
  const json = jsonText(value);
  if (json === undefined) throw new TypeError(`The value of "${key}" has no JSON form.`);
  return {
    key: text(key, 'A storage key'),
    value: json,
    ifRevision: toRevision(options.ifRevision),
    ttlSeconds:
      options.ttlSeconds === undefined ? null : whole(options.ttlSeconds, 'ttlSeconds', 1, 0xffff_ffff),
  };
}

function toRevision(revision: number | undefined): number | null {
  return revision === undefined ? null : whole(revision, 'ifRevision', 0, Number.MAX_SAFE_INTEGER);
}
