import {
  fetch,
  FetchError,
  HttpError,
  log,
  metrics,
  secrets,
  storage,
  type Change,
  type ExtensionResponse,
  type RequestContext,
} from '@alga/extension-sdk';
import { parseTerms, type StoredAgreement } from './agreement.ts';
import { agreements } from './store.ts';

const source = 'https://api.crm.example.com/v1/agreements';
const apiKey = 'crm-api-key';
const commitSize = 50;

/** What a sync did. */
export interface SyncReport {
  readonly added: number;
  readonly updated: number;
  /** Records of the customer system that are no valid agreements. */
  readonly skipped: number;
  /** RFC 3339 instant. */
  readonly at: string;
}

const reports = storage.namespace<SyncReport>('sync');

/** Takes over the customer system's agreements. What people entered here stays as it is. */
export function sync(ctx: RequestContext): ExtensionResponse {
  if (!secrets.names().includes(apiKey)) {
    throw new HttpError(409, 'secret_missing', `An administrator has to store the secret ${apiKey} first.`);
  }
  const changes: Change<StoredAgreement>[] = [];
  const known = new Map(Array.from(agreements.entries('crm-'), (entry) => [entry.key, entry]));
  let [added, updated, skipped] = [0, 0, 0];
  for (const record of fetchRecords()) {
    const sourceId = (record as { id?: unknown } | null)?.id;
    const parsed = parseTerms(record);
    if (typeof sourceId !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(sourceId) || 'errors' in parsed) {
      skipped++;
      continue;
    }
    const key = `crm-${sourceId}`;
    const value = { ...parsed.terms, sourceId };
    const current = known.get(key);
    if (current !== undefined && isSame(current.value, value)) continue;
    if (current === undefined) added++;
    else updated++;
    changes.push({ put: key, value, ifRevision: current?.revision ?? 0 });
  }
  for (let at = 0; at < changes.length; at += commitSize)
    agreements.commit(changes.slice(at, at + commitSize));

  const report: SyncReport = { added, updated, skipped, at: new Date().toISOString() };
  reports.put('last', report);
  log.info('synced', { added, updated, skipped });
  metrics.count('agreements_synced', added + updated);
  return ctx.json(report);
}

export function lastSync(): SyncReport | undefined {
  return reports.get('last')?.value;
}

function fetchRecords(): unknown[] {
  const response = ask();
  if (response.status !== 200) {
    log.warn('the customer system refused', { status: response.status });
    throw new HttpError(502, 'source_refused', `The customer system answered ${response.status}.`);
  }
  const records = (parse(response.text()) as { agreements?: unknown } | null)?.agreements;
  if (Array.isArray(records)) return records;
  throw new HttpError(502, 'source_invalid', 'The customer system sent no list of agreements.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is no list, and is answered like one.
    return null;
  }
}

function ask() {
  try {
    // The platform puts the secret in on the way out; this code never holds it.
    return fetch(source, { headers: { authorization: `Bearer {{secret:${apiKey}}}` }, timeoutMs: 3000 });
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    log.warn('the customer system does not answer', { code: error.code, reason: error.message });
    throw new HttpError(502, 'source_unreachable', 'The customer system does not answer.', { cause: error });
  }
}

function isSame(a: StoredAgreement, b: StoredAgreement): boolean {
  const keys = ['customer', 'plan', 'status', 'monthly', 'starts', 'ends', 'notes'] as const;
  return keys.every((key) => a[key] === b[key]);
}
