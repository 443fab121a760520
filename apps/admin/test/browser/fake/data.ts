// What the fake registry holds at the start of each test.
import { createHash, randomUUID } from 'node:crypto';
import { makeDeliveries, makeQuotas, makeSchedules } from './activity.ts';
import type {
  AuditEntry,
  DeliveryDetails,
  ExecutionDetails,
  Extension,
  HistoryEntry,
  Install,
  JsonObject,
  PublisherKey,
  Quotas,
  Schedule,
  Secret,
  Version,
} from '../../../src/api/types.ts';

const DAY = 86_400_000;

/** A time in the past, or with a negative number in the future. */
export const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

const hash = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const REPORTS = 'com.acme.reports';
const KEY = createHash('sha256').update('key of acme').digest('hex');

const CONFIG: JsonObject = {
  type: 'object',
  required: ['greeting'],
  additionalProperties: false,
  properties: {
    greeting: {
      type: 'string',
      title: 'Greeting',
      description: 'The first line of each report.',
      default: 'Hello',
      minLength: 1,
      maxLength: 40,
    },
    format: { type: 'string', title: 'Format', enum: ['pdf', 'html', 'csv'], default: 'pdf' },
    rows: { type: 'integer', title: 'Rows a page', minimum: 10, maximum: 500, default: 50 },
    weekly: { type: 'boolean', title: 'Send a summary every week', description: 'On Mondays at eight.' },
    starts: { type: 'string', format: 'date', title: 'Starts on' },
    recipients: {
      type: 'array',
      title: 'Recipients',
      items: { type: 'string' },
      description: 'E-mail addresses.',
    },
    days: {
      type: 'array',
      title: 'Days',
      uniqueItems: true,
      items: { type: 'string', enum: ['Mon', 'Wed', 'Fri'] },
    },
    mail: {
      type: 'object',
      title: 'Mail server',
      properties: {
        host: { type: 'string', title: 'Host' },
        port: { type: 'integer', title: 'Port', minimum: 1, maximum: 65535 },
      },
    },
    advanced: { title: 'Advanced', description: 'Whatever the publisher asks you to put here.' },
  },
};

const ENDPOINTS: Version['endpoints'] = [
  { method: 'GET', path: '/agreements', roles: [], timeoutMs: null, maxBodyBytes: null },
  { method: 'GET', path: '/agreements/:id', roles: [], timeoutMs: null, maxBodyBytes: null },
  { method: 'POST', path: '/agreements', roles: ['tenant_admin'], timeoutMs: 5000, maxBodyBytes: 65536 },
];

// The settings of 1.5.0: one more, one less, another default.
const NEXT_CONFIG: JsonObject = {
  ...CONFIG,
  properties: {
    ...Object.fromEntries(
      Object.entries(CONFIG['properties'] as JsonObject).filter(([name]) => name !== 'starts'),
    ),
    rows: { type: 'integer', title: 'Rows a page', minimum: 10, maximum: 500, default: 100 },
    letterhead: { type: 'string', title: 'Letterhead', default: 'plain' },
  },
};

const README = `# Reports

Turns *agreements* into reports, see [the handbook](https://acme.example/handbook) and [the settings](settings.md).

<script>document.title = 'owned'</script>
<img src="https://tracker.example/pixel.png" onerror="document.title = 'owned'">

![A report](report.png) ![x](https://tracker.example/seen.png)

[run](javascript:document.title='owned')

## Set it up

1. Store the secret \`SMTP_PASSWORD\`.
2. Choose a format.

- [x] PDF
- [ ] Letters

| Format | Good for |
| --- | --- |
| pdf | printing |
| csv | ${'spreadsheets '.repeat(12)} |

\`\`\`
GET /agreements?format=csv&since=2026-01-01&${'column=name&'.repeat(12)}
\`\`\`
`;

const CHANGELOG = `# Changelog

## [1.5.0] - 2026-02-27

### Added

- Reports go to the **CRM**, which is why it asks for more.
- <b>Letters</b>, see [the handbook](https://acme.example/handbook) and [#12].

### Changed

- Mails leave through \`mailer.example\`.

## [1.4.2] - never published

- A correction that was part of 1.5.0.

## [1.4.1] - 2026-01-30

### Fixed

- Sums of more than a million.

## [1.4.0] - 2026-01-01

- The first one.

[1.5.0]: https://acme.example/1.5.0
[#12]: https://acme.example/12
`;

interface VersionSeed {
  readonly version: string;
  readonly capabilities?: readonly string[];
  readonly egress?: readonly string[];
  readonly age: number;
  readonly config?: JsonObject;
  readonly manifest?: Partial<Version['manifest']>;
  readonly over?: Partial<Version>;
}

function version(extension: Extension, seed: VersionSeed): Version {
  const { name, publisher, displayName, description } = extension;
  return {
    name,
    publisher,
    version: seed.version,
    versionId: randomUUID(),
    contentHash: hash(`${name}@${seed.version}`),
    prerelease: seed.version.includes('-'),
    yanked: null,
    revoked: null,
    deprecated: extension.deprecated,
    sizeBytes: 1_734_201,
    expandedBytes: 4_820_113,
    fileCount: 23,
    componentBytes: 1_602_004,
    runtime: 'wasm-component@2',
    endpoints: ENDPOINTS,
    capabilities: seed.capabilities ?? ['metrics.emit'],
    egress: seed.egress ?? [],
    secrets: [],
    events: [],
    ui: null,
    sbom: null,
    publishedBy: `http://127.0.0.1:7073#dev@${publisher}.example`,
    publishedAt: daysAgo(seed.age),
    manifest: {
      displayName,
      description,
      ...(seed.config === undefined ? {} : { config: seed.config }),
      storage: { namespaces: ['reports'] },
      ...seed.manifest,
    },
    ...seed.over,
  };
}

// 1.4.0 and 1.4.1 are the same code.
function filesOf({ name, version: number }: Version) {
  const code = number === '1.4.0' ? '1.4.1' : number;
  const sha256 = (path: string, of = code) => hash(`${name} ${of} ${path}`).slice('sha256:'.length);
  return [
    { path: 'README.md', sha256: sha256('README.md') },
    { path: 'dist/main.wasm', sha256: sha256('dist/main.wasm') },
    { path: 'manifest.json', sha256: sha256('manifest.json', number) },
    { path: 'ui/index.html', sha256: sha256('ui/index.html') },
    { path: 'ui/logo.svg', sha256: sha256('ui/logo.svg', 'all') },
    ...(code === '1.5.0' ? [{ path: 'ui/letters.js', sha256: sha256('ui/letters.js') }] : []),
  ];
}

function extension(
  name: string,
  publisher: string,
  displayName: string,
  description: string,
  over: Partial<Extension> = {},
): Extension {
  return {
    name,
    publisher,
    displayName,
    description,
    latestVersion: '1.0.0',
    latestPrerelease: null,
    deprecated: null,
    createdAt: daysAgo(200),
    ...over,
  };
}

function install(of: Version, over: Partial<Install> = {}): Install {
  const requested = { capabilities: of.capabilities, egress: of.egress };
  return {
    installId: randomUUID(),
    name: of.name,
    version: of.version,
    versionId: of.versionId,
    contentHash: of.contentHash,
    status: 'enabled',
    uninstalledUntil: null,
    grants: requested,
    requested,
    missing: { capabilities: [], egress: [] },
    config: {},
    policy: 'pin',
    latestVersion: null,
    availableVersion: null,
    updateAvailable: false,
    pending: null,
    rollout: null,
    revision: 3,
    installedAt: daysAgo(60),
    updatedAt: daysAgo(2),
    ...over,
  };
}

/** All that the fake registry knows. */
export interface FakeData {
  readonly extensions: Map<string, Extension>;
  /** By extension, the highest first. */
  readonly versions: Map<string, Version[]>;
  readonly installs: Map<string, Install>;
  readonly history: Map<string, HistoryEntry[]>;
  readonly secrets: Map<string, Secret[]>;
  readonly executions: Map<string, ExecutionDetails[]>;
  readonly deliveries: Map<string, DeliveryDetails[]>;
  readonly schedules: Map<string, Schedule[]>;
  readonly quotas: Quotas;
  /** By `name@version`. */
  readonly readmes: Map<string, string>;
  /** By `name@version`. */
  readonly changelogs: Map<string, string>;
  /** What is signed of a version's bundle. */
  readonly files: (version: Version) => readonly { readonly path: string; readonly sha256: string }[];
  readonly keys: Map<string, PublisherKey[]>;
  readonly audit: AuditEntry[];
  readonly revoked: Set<string>;
  readonly keyId: string;
}

const SECRETS: Version['secrets'] = [
  {
    name: 'SMTP_PASSWORD',
    description: 'Password of the mail account that sends reports.',
    required: true,
    maxAgeDays: 90,
  },
  { name: 'CRM_TOKEN', description: 'API token of the CRM.', required: true, maxAgeDays: null },
  {
    name: 'PROXY_KEY',
    description: 'Only where reports leave through a proxy.',
    required: false,
    maxAgeDays: null,
  },
];
const UI: Version['ui'] = {
  entry: 'ui/index.html',
  hooks: { appMenu: { label: 'Reports', icon: null, path: '/agreements' } },
};

/** The start of each test; `reportsHash` is where the frame's files really are. */
export function makeData(reportsHash: string): FakeData {
  const catalogue = [
    extension(
      REPORTS,
      'acme',
      'Reports',
      'Turns agreements into reports and mails them to whoever needs them, every week or on demand.',
      {
        latestVersion: '1.5.0',
        latestPrerelease: '2.0.0-rc.1',
      },
    ),
    extension('com.acme.invoices', 'acme', 'Invoices', 'Writes invoices from time entries.', {
      latestVersion: '2.1.0',
    }),
    extension(
      'com.globex.calendar',
      'globex',
      'Calendar sync',
      'Keeps appointments in step with other calendars.',
    ),
    extension('com.globex.notes', 'globex', 'Meeting notes', ''),
    extension('com.initech.legacy', 'initech', 'Legacy import', 'Reads exports of older systems.', {
      deprecated: { message: 'Use com.acme.reports instead.', byOperator: false, at: daysAgo(20) },
    }),
    extension('com.hooli.search', 'hooli', 'Everything search', 'Finds what was written anywhere.', {
      latestVersion: null,
      latestPrerelease: '0.9.0-beta.2',
    }),
    extension('com.umbrella.labels', 'umbrella', 'Labels', 'Prints labels for parcels.'),
  ];
  const of = (name: string) => {
    const found = catalogue.find((one) => one.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };
  const reports = (seed: VersionSeed) =>
    version(of(REPORTS), {
      config: CONFIG,
      ...seed,
      over: { secrets: SECRETS, ui: UI, events: [{ topic: 'agreement.signed', filter: null }], ...seed.over },
    });
  const base = ['metrics.emit', 'secrets.get', 'storage.kv'];
  const versions = new Map<string, Version[]>([
    [
      REPORTS,
      [
        reports({
          version: '2.0.0-rc.1',
          age: 1,
          capabilities: [...base, 'http.fetch'],
          egress: ['api.crm.example'],
        }),
        reports({
          version: '1.5.0',
          age: 2,
          capabilities: ['http.fetch', ...base],
          egress: ['*.mailer.example', 'api.crm.example'],
          config: NEXT_CONFIG,
          manifest: {
            limits: { memoryMb: 128 },
            schedules: [
              {
                name: 'weekly-summary',
                cron: '0 8 * * 1',
                timeZone: 'Europe/Vienna',
                endpoint: 'POST /agreements',
              },
            ],
          },
          over: {
            sizeBytes: 1_850_113,
            ui: {
              entry: 'ui/index.html',
              hooks: {
                appMenu: { label: 'Reports and letters', icon: null, path: '/agreements' },
                settings: { label: 'Letterheads', icon: null, path: '/letterheads' },
              },
            },
            endpoints: [
              ...ENDPOINTS.slice(0, 2),
              { method: 'POST', path: '/agreements', roles: [], timeoutMs: 5000, maxBodyBytes: 65536 },
              { method: 'GET', path: '/letters', roles: [], timeoutMs: null, maxBodyBytes: null },
            ],
          },
        }),
        reports({ version: '1.4.1', age: 30, capabilities: base, over: { contentHash: reportsHash } }),
        reports({ version: '1.4.0', age: 60, capabilities: base, over: { contentHash: reportsHash } }),
        reports({
          version: '1.3.0',
          age: 90,
          capabilities: base,
          over: { yanked: { reason: 'Sends every mail twice.', byOperator: false, at: daysAgo(80) } },
        }),
      ],
    ],
    [
      'com.acme.invoices',
      [
        version(of('com.acme.invoices'), { version: '2.1.0', age: 4, capabilities: ['storage.kv'] }),
        version(of('com.acme.invoices'), { version: '2.0.0', age: 44, capabilities: ['storage.kv'] }),
      ],
    ],
    [
      'com.globex.calendar',
      [
        version(of('com.globex.calendar'), {
          version: '1.0.0',
          age: 12,
          capabilities: ['http.fetch', 'storage.kv'],
          egress: ['calendar.example', '*.dav.example'],
          config: CONFIG,
          over: { secrets: SECRETS.slice(0, 1) },
        }),
      ],
    ],
    ...['com.globex.notes', 'com.initech.legacy', 'com.umbrella.labels'].map((name): [string, Version[]] => [
      name,
      [version(of(name), { version: '1.0.0', age: 100 })],
    ]),
    ['com.hooli.search', [version(of('com.hooli.search'), { version: '0.9.0-beta.2', age: 3 })]],
  ]);
  const find = (name: string, wanted: string) => {
    const found = versions.get(name)?.find((one) => one.version === wanted);
    if (found === undefined) throw new Error(`${name}@${wanted}`);
    return found;
  };

  const installs = [
    install(find(REPORTS, '1.4.1'), {
      config: { greeting: 'Dear customer', format: 'pdf', mail: { host: 'mail.acme.example', port: 587 } },
      latestVersion: '1.5.0',
      availableVersion: '1.5.0',
      updateAvailable: true,
    }),
    install(find('com.acme.invoices', '2.0.0'), {
      policy: 'minor',
      latestVersion: '2.1.0',
      availableVersion: '2.1.0',
      updateAvailable: true,
      rollout: {
        version: '2.1.0',
        versionId: find('com.acme.invoices', '2.1.0').versionId,
        percent: 25,
      },
    }),
    install(find('com.umbrella.labels', '1.0.0'), { status: 'disabled' }),
    install(find('com.initech.legacy', '1.0.0'), {
      status: 'uninstalled',
      uninstalledUntil: daysAgo(-20),
    }),
  ];

  return {
    extensions: new Map(catalogue.map((one) => [one.name, one])),
    versions,
    installs: new Map(installs.map((one) => [one.name, one])),
    history: new Map([
      [
        REPORTS,
        [
          {
            revision: 3,
            at: daysAgo(25),
            actor: 'platform:follow',
            action: 'install.upgrade',
            from: '1.4.0',
            to: '1.4.1',
          },
          {
            revision: 1,
            at: daysAgo(60),
            actor: 'http://127.0.0.1:7073#ada@acme.example',
            action: 'install.create',
            from: null,
            to: '1.4.0',
          },
        ],
      ],
    ]),
    secrets: new Map([
      [
        REPORTS,
        [
          { name: 'CRM_TOKEN', description: 'API token of the CRM.', required: true, state: 'missing' },
          { name: 'OLD_KEY', required: false, state: 'undeclared', version: 1, createdAt: daysAgo(200) },
          {
            name: 'PROXY_KEY',
            description: 'Only where reports leave through a proxy.',
            required: false,
            state: 'missing',
          },
          {
            name: 'SMTP_PASSWORD',
            description: 'Password of the mail account that sends reports.',
            required: true,
            state: 'valid',
            version: 2,
            createdAt: daysAgo(80),
            refusedFrom: daysAgo(-10),
          },
        ],
      ],
    ]),
    executions: new Map([[REPORTS, makeExecutions()]]),
    deliveries: new Map([[REPORTS, makeDeliveries()]]),
    schedules: new Map([[REPORTS, makeSchedules()]]),
    quotas: makeQuotas(),
    readmes: new Map([[`${REPORTS}@1.5.0`, README]]),
    changelogs: new Map([
      [`${REPORTS}@1.5.0`, CHANGELOG],
      [`${REPORTS}@1.4.1`, CHANGELOG.slice(CHANGELOG.indexOf('## [1.4.1]'))],
    ]),
    files: filesOf,
    keys: new Map([
      [
        'acme',
        [
          {
            keyId: KEY,
            source: 'registry',
            publicKey: '-----BEGIN PUBLIC KEY-----\n…',
            status: 'active',
            notBefore: null,
            notAfter: daysAgo(-300),
            since: null,
            addedAt: daysAgo(120),
          },
          {
            keyId: hash('old key').slice(7),
            source: 'trust-bundle',
            publicKey: null,
            status: 'retired',
            notBefore: null,
            notAfter: null,
            since: daysAgo(110),
            addedAt: daysAgo(300),
          },
        ],
      ],
    ]),
    audit: [],
    revoked: new Set(),
    keyId: KEY,
  };
}

function makeExecutions(): ExecutionDetails[] {
  return Array.from({ length: 60 }, (_, index): ExecutionDetails => {
    const kind = index % 12;
    const [status, code] =
      kind === 3
        ? ([502, 'guest_trap'] as const)
        : kind === 7
          ? ([404, null] as const)
          : kind === 11
            ? ([504, 'timeout'] as const)
            : ([200, null] as const);
    const hasLogs = kind === 3 || kind === 0;
    return {
      executionId: randomUUID(),
      startedAt: new Date(Date.now() - index * 1_900_000).toISOString(),
      requestId: randomUUID(),
      traceId: hash(String(index)).slice(7, 39),
      version: '1.4.1',
      method: index % 5 === 0 ? 'POST' : 'GET',
      endpoint: index % 3 === 0 ? '/agreements/:id' : '/agreements',
      userId: index % 10 === 9 ? null : index % 2 === 0 ? 'ada@acme.example' : 'grace@acme.example',
      status,
      code,
      durationUs: code === 'timeout' ? 3_000_000 : 2_400 + index * 731,
      queueUs: 120,
      fuel: index % 2 === 0 ? 1_203_442 : 0,
      memoryBytes: 18_350_080,
      egressBytes: index * 311,
      hasLogs,
      logs: hasLogs
        ? [
            { atUs: 312, level: 'info', message: 'report requested', fields: { id: 41 + index } },
            { atUs: 1_840, level: 'warn', message: 'no template for this locale, taking the default' },
            ...(kind === 3
              ? [
                  {
                    atUs: 2_211,
                    level: 'error',
                    message:
                      "TypeError: cannot read property 'lines' of undefined\n    at render (main.js:214)",
                  },
                ]
              : []),
          ]
        : [],
    };
  });
}
