import type { HostBindings, WireChange, WireEntry, WirePage, WireWrite } from '../runtime/wire.ts';
import { refuse } from './refuse.ts';

/** The platform's storage in memory: revisions, conditional writes, all-or-nothing commits, pages. Nothing expires. */
export class FakeStorage {
  readonly #namespaces = new Map<string, Map<string, WireEntry>>();

  /** The documents of a namespace by key. */
  documents(namespace: string): Record<string, unknown> {
    const entries = [...this.#namespace(namespace).values()];
    return Object.fromEntries(entries.map((entry) => [entry.key, JSON.parse(entry.value) as unknown]));
  }

  /** The import of a guest, refused unless `allowed` says so. */
  bindings(allowed: () => boolean): HostBindings['storage'] {
    const check = (): void => {
      if (!allowed()) refuse('denied', 'Add "storage.kv" to "capabilities" in manifest.json.');
    };
    return {
      get: (namespace, key) => {
        check();
        return this.#namespace(namespace).get(key) ?? null;
      },
      put: (namespace, write) => {
        check();
        return put(this.#namespace(namespace), write);
      },
      delete: (namespace, key, ifRevision) => {
        check();
        return remove(this.#namespace(namespace), key, ifRevision);
      },
      scan: (namespace, prefix, cursor, limit) => {
        check();
        return scan(this.#namespace(namespace), prefix, cursor, limit);
      },
      commit: (namespace, changes) => {
        check();
        return this.#commit(namespace, changes);
      },
    };
  }

  #commit(namespace: string, changes: WireChange[]): WireEntry[] {
    const copy = new Map(this.#namespace(namespace));
    const written: WireEntry[] = [];
    for (const change of changes) {
      if (change.tag === 'put') written.push(put(copy, change.val));
      else remove(copy, change.val[0], change.val[1]);
    }
    this.#namespaces.set(namespace, copy);
    return written;
  }

  #namespace(name: string): Map<string, WireEntry> {
    const found = this.#namespaces.get(name) ?? new Map<string, WireEntry>();
    this.#namespaces.set(name, found);
    return found;
  }
}

function put(entries: Map<string, WireEntry>, write: WireWrite): WireEntry {
  const revision = checkRevision(entries, write.key, write.ifRevision);
  const entry = { key: write.key, value: write.value, revision: revision + 1, expiresAt: null };
  entries.set(write.key, entry);
  return entry;
}

function remove(entries: Map<string, WireEntry>, key: string, ifRevision: number | null): boolean {
  checkRevision(entries, key, ifRevision);
  return entries.delete(key);
}

function checkRevision(entries: Map<string, WireEntry>, key: string, wanted: number | null): number {
  const revision = entries.get(key)?.revision ?? 0;
  if (wanted !== null && wanted !== revision) refuse('conflict', `"${key}" is at revision ${revision}.`);
  return revision;
}

function scan(
  entries: Map<string, WireEntry>,
  prefix: string,
  cursor: string | null,
  limit: number,
): WirePage {
  const rest = [...entries.values()]
    .filter((entry) => entry.key.startsWith(prefix) && (cursor === null || entry.key > cursor))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = rest.slice(0, limit);
  return { entries: page, cursor: rest.length > limit ? (page.at(-1)?.key ?? null) : null };
}
