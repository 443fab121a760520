// The registry's answers, as docs/registry-api.md and its OpenAPI document describe them. Times are ISO 8601 in UTC.

export interface Page<T> {
  readonly items: readonly T[];
  /** Null at the end of the list. */
  readonly nextCursor: string | null;
}

export interface Deprecation {
  readonly message: string;
  readonly byOperator: boolean;
  readonly at: string;
}

export interface Extension {
  readonly name: string;
  readonly publisher: string;
  readonly displayName: string;
  readonly description: string;
  readonly latestVersion: string | null;
  readonly latestPrerelease: string | null;
  readonly deprecated: Deprecation | null;
  readonly createdAt: string;
}

export interface Yank {
  readonly reason: string;
  readonly byOperator: boolean;
  readonly at: string;
}

export interface Revoked {
  readonly reason: string;
  readonly at: string;
}

export interface VersionSummary {
  readonly version: string;
  readonly versionId: string;
  readonly contentHash: string;
  readonly sizeBytes: number;
  readonly prerelease: boolean;
  readonly yanked: Yank | null;
  readonly revoked: Revoked | null;
  readonly publishedBy: string;
  readonly publishedAt: string;
}

export interface ExtensionDetails extends Extension {
  readonly versions: readonly VersionSummary[];
}

export interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly roles: readonly string[];
  readonly timeoutMs: number | null;
  readonly maxBodyBytes: number | null;
}

export interface DeclaredSecret {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly maxAgeDays: number | null;
}

export interface UiHook {
  readonly label: string;
  readonly icon: string | null;
  readonly path: string | null;
}

export interface Version {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly versionId: string;
  readonly contentHash: string;
  readonly prerelease: boolean;
  readonly yanked: Yank | null;
  readonly revoked: Revoked | null;
  readonly deprecated: Deprecation | null;
  readonly sizeBytes: number;
  readonly expandedBytes: number | null;
  readonly fileCount: number | null;
  readonly componentBytes: number | null;
  readonly runtime: string;
  readonly endpoints: readonly Endpoint[];
  readonly capabilities: readonly string[];
  readonly egress: readonly string[];
  readonly secrets: readonly DeclaredSecret[];
  readonly events: readonly { readonly topic: string; readonly filter: unknown }[];
  readonly ui: { readonly entry: string; readonly hooks: Readonly<Record<string, UiHook>> } | null;
  readonly sbom: string | null;
  readonly publishedBy: string;
  readonly publishedAt: string;
  readonly manifest: Manifest;
}

/** What this app reads of a manifest; all else is in the fields of {@link Version}. */
export interface Manifest {
  readonly displayName: string;
  readonly description?: string;
  /** JSON Schema of the install's settings. */
  readonly config?: JsonObject;
  readonly storage?: { readonly namespaces?: readonly string[] };
  readonly schedules?: readonly ManifestSchedule[];
  readonly limits?: { readonly memoryMb?: number; readonly timeoutMs?: number };
}

/** Exactly one of `endpoint` and `topic` is there. */
export interface ManifestSchedule {
  readonly name: string;
  readonly cron: string;
  /** `UTC` when left out. */
  readonly timeZone?: string;
  /** `once` when left out. */
  readonly missedRuns?: 'once' | 'skip';
  readonly endpoint?: string;
  readonly topic?: string;
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A DSSE envelope. */
export interface Envelope {
  readonly payloadType: string;
  /** Base64 of the signed statement. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string; readonly x5c?: unknown }[];
}

export interface Grants {
  readonly capabilities: readonly string[];
  readonly egress: readonly string[];
}

/** What the registry says an upgrade changes, as far as this app takes it from there; see `compareManifests` for the rest. */
export interface UpgradeDifference {
  /** Such as `#/greeting: StringExpected`. */
  readonly configFaults: readonly string[];
}

export interface UpgradePreview {
  readonly name: string;
  readonly from: string | null;
  readonly to: string;
  readonly wouldWait: boolean;
  readonly needed: Grants;
  readonly difference: UpgradeDifference;
}

export interface Pending {
  readonly version: string;
  /** Null for all users. */
  readonly percent: number | null;
  readonly since: string;
  /** Admins only, and not in lists; as is the next. */
  readonly needed?: Grants;
  readonly difference?: UpgradeDifference;
}

export type Policy = 'pin' | 'patch' | 'minor';

export interface Install {
  readonly installId: string;
  readonly name: string;
  readonly version: string;
  readonly versionId: string;
  readonly contentHash: string;
  readonly status: 'enabled' | 'disabled' | 'uninstalled';
  readonly uninstalledUntil: string | null;
  readonly grants: Grants;
  readonly requested: Grants;
  readonly missing: Grants;
  /** Admins only, and not in lists. */
  readonly config?: JsonObject;
  readonly policy: Policy;
  readonly latestVersion: string | null;
  readonly availableVersion: string | null;
  readonly updateAvailable: boolean;
  readonly pending: Pending | null;
  readonly rollout: { readonly version: string; readonly versionId: string; readonly percent: number } | null;
  readonly revision: number;
  readonly installedAt: string;
  readonly updatedAt: string;
}

export interface HistoryEntry {
  readonly revision: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly from: string | null;
  readonly to: string;
}

export interface Secret {
  readonly name: string;
  readonly description?: string;
  readonly required: boolean;
  readonly state: 'valid' | 'missing' | 'expired' | 'undeclared';
  readonly version?: number;
  readonly createdAt?: string;
  readonly refusedFrom?: string;
}

export interface Execution {
  readonly executionId: string;
  readonly startedAt: string;
  readonly requestId: string;
  readonly traceId?: string | null;
  readonly version: string;
  readonly method: string;
  readonly endpoint: string;
  readonly userId?: string | null;
  readonly status: number;
  readonly code?: string | null;
  readonly durationUs: number;
  readonly queueUs: number;
  readonly fuel: number;
  readonly memoryBytes: number;
  readonly egressBytes: number;
  readonly hasLogs: boolean;
}

export interface LogLine {
  /** Microseconds since the start of the execution. */
  readonly atUs: number;
  readonly level: string;
  readonly message: string;
  readonly fields?: unknown;
}

export interface ExecutionDetails extends Execution {
  readonly logs: readonly LogLine[];
}

export interface Schedule {
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly missedRuns: 'once' | 'skip';
  /** Null where it calls the event handler. */
  readonly endpoint: string | null;
  readonly topic: string | null;
  readonly pausedAt: string | null;
  readonly pausedBy: string | null;
  /** Null while it does not run. */
  readonly nextRunAt: string | null;
  readonly lastRunAt: string | null;
  readonly lastSkippedAt: string | null;
}

export type DeliveryStatus = 'pending' | 'delivered' | 'dead' | 'dropped';

export interface Delivery {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly topic: string;
  readonly key: string;
  /** Name of the schedule whose run it is; null for an event. */
  readonly schedule: string | null;
  readonly endpoint: string | null;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly failures: number;
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

export interface DeliveryAttempt {
  readonly attempt: number;
  readonly at: string;
  readonly requestId: string | null;
  readonly status: number | null;
  readonly code: string | null;
}

export interface DeliveryDetails extends Delivery {
  readonly occurredAt: string;
  readonly payload: Json;
  /** The last 20, the oldest first. */
  readonly log: readonly DeliveryAttempt[];
}

/** A missing or null limit is none. */
export interface QuotaLimits {
  readonly requestsPerSecond?: number | null;
  readonly burst?: number | null;
  readonly concurrency?: number | null;
  readonly monthlyInvocations?: number | null;
  readonly monthlyEgressBytes?: number | null;
}

export interface QuotaUse {
  readonly limits: QuotaLimits;
  readonly invocations: number;
  readonly egressBytes: number;
}

export interface Quotas {
  readonly plan: string;
  /** First day of the month in UTC. */
  readonly month: string;
  readonly tenant: QuotaUse;
  readonly extensions: readonly { readonly name: string; readonly use: QuotaUse }[];
}

export interface UsageFigures {
  readonly invocations: number;
  readonly errors: number;
  readonly durationUs: number;
  readonly egressBytes: number;
  readonly fuel: number;
  readonly memoryBytesPeak: number;
  readonly p50Us: number | null;
  readonly p95Us: number | null;
  readonly p99Us: number | null;
}

export interface Usage {
  readonly period: 'day' | 'month';
  readonly from: string;
  readonly to: string;
  readonly totals: UsageFigures;
  readonly items: readonly { readonly startsOn: string; readonly figures: UsageFigures }[];
}

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly requestId: string;
  readonly before: Json;
  readonly after: Json;
}

export interface PublisherKey {
  readonly keyId: string;
  readonly source: 'registry' | 'trust-bundle';
  readonly publicKey: string | null;
  readonly status: 'active' | 'retired' | 'compromised';
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly since: string | null;
  readonly addedAt: string | null;
}

export interface Revocation {
  readonly name: string;
  readonly version: string;
  readonly revoked: boolean;
  readonly reason: string | null;
  readonly revokedAt: string | null;
}
