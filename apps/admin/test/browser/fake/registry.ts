// A small registry in memory, with the routes, shapes and refusals of docs/registry-api.md that the app relies on.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Grants, Install, Json, JsonObject, Version } from '../../../src/api/types.ts';
import { FakeTails } from './activity.ts';
import { daysAgo, type FakeData } from './data.ts';
import { bodyOf } from './listen.ts';
import { PEOPLE, readToken, type Who } from './people.ts';

/** A call as a test may look at it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly ifMatch: string | undefined;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

type Body = Readonly<Record<string, unknown>>;
const NOTHING: Grants = { capabilities: [], egress: [] };

/** The registry's state and its answers. */
export class FakeRegistry {
  readonly seen: Seen[] = [];
  /** Refusals that a test wants for the next call of a `METHOD path`. */
  readonly failNext = new Map<string, { status: number; code: string; detail: string }>();

  readonly tails = new FakeTails();

  constructor(readonly data: FakeData) {}

  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    const method = request.method ?? 'GET';
    const text = await bodyOf(request);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const path = url.pathname.replace(/^\/api/, '');
    const ifMatch = request.headers['if-match'];
    this.seen.push({ method, path, body, ifMatch });
    try {
      const who = readToken(request.headers.authorization);
      if (who === undefined) throw new Refusal(401, 'unauthenticated', 'Send a token.');
      const wanted = this.failNext.get(`${method} ${path}`);
      if (wanted !== undefined) {
        this.failNext.delete(`${method} ${path}`);
        throw new Refusal(wanted.status, wanted.code, wanted.detail);
      }
      const call = {
        method,
        parts: path.split('/').filter(Boolean).map(decodeURIComponent),
        query: url.searchParams,
        who,
        ifMatch,
      };
      const [status, answer, etag] = this.#route({ ...call, body: (body ?? {}) as Body });
      if (etag !== undefined) response.setHeader('etag', etag);
      const isText = typeof answer === 'string';
      response.writeHead(status, { 'content-type': isText ? 'text/markdown' : 'application/json' });
      response.end(answer === undefined ? '' : isText ? answer : JSON.stringify(answer));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message } = error;
      response.writeHead(status, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code, title: code, status, detail: message, requestId }));
    }
  }

  #route(call: Call): Answer {
    const [area, kind, name = '', ...rest] = call.parts;
    if (area === 'registry' && kind === 'extensions') return this.#catalogue(call, name, rest);
    if (area === 'registry' && kind === 'publishers') return this.#keys(call, name, rest.slice(1));
    if (area === 'tenant' && kind === 'quotas') return [200, this.data.quotas];
    if (kind === 'audit') return this.#audit(call, area ?? '');
    if (area === 'tenant' && kind === 'installs') return this.#installs(call, name, rest);
    throw new Refusal(404, 'not_found', 'No such route.');
  }

  #catalogue(call: Call, name: string, rest: readonly string[]): Answer {
    const { extensions, versions, revoked, keyId } = this.data;
    if (name === '') {
      const words = (call.query.get('q') ?? '').toLowerCase().split(/\W+/).filter(Boolean);
      const found = [...extensions.values()].filter((one) => {
        const known = `${one.name} ${one.publisher} ${one.displayName} ${one.description}`
          .toLowerCase()
          .split(/\W+/);
        return words.every((word) => known.some((other) => other.startsWith(word)));
      });
      return page(found, call.query);
    }
    const extension = extensions.get(name);
    const all = versions.get(name);
    if (extension === undefined || all === undefined)
      throw new Refusal(404, 'not_found', `There is no extension ${name}.`);
    if (rest.length === 0) {
      const summaries = all.map(
        ({ version, versionId, contentHash, sizeBytes, prerelease, yanked, publishedBy, publishedAt }) => ({
          version,
          versionId,
          contentHash,
          sizeBytes,
          prerelease,
          yanked,
          revoked: this.#revoked(name, version),
          publishedBy,
          publishedAt,
        }),
      );
      return [200, { ...extension, versions: summaries }];
    }
    const [, wanted = '', action] = rest;
    const version = all.find((one) => one.version === wanted);
    if (version === undefined) throw new Refusal(404, 'not_found', `There is no version ${wanted}.`);
    if (action === undefined)
      return [
        200,
        {
          ...version,
          revoked: this.#revoked(name, wanted),
          signatureUrl: `/api/registry/extensions/${name}/versions/${wanted}/signature`,
        },
      ];
    if (action === 'readme') {
      const readme = this.data.readmes.get(`${name}@${wanted}`);
      if (readme === undefined) throw new Refusal(404, 'not_found', 'This version has no README.md.');
      return [200, readme];
    }
    if (action === 'changelog') {
      const changelog = this.data.changelogs.get(`${name}@${wanted}`);
      if (changelog === undefined) throw new Refusal(404, 'not_found', 'This version has no CHANGELOG.md.');
      return [200, changelog];
    }
    const statement = {
      publisher: version.publisher,
      extension: name,
      version: wanted,
      bundle: { sha256: version.contentHash.slice(7), sizeBytes: version.sizeBytes },
    };
    if (action === 'signature')
      return [
        200,
        envelope(
          {
            ...statement,
            registry: 'alga-extensions',
            capabilities: version.capabilities,
            files: this.data.files(version),
          },
          keyId,
        ),
      ];
    if (action === 'acceptance') {
      return [
        200,
        envelope(
          {
            ...statement,
            registry: 'alga-extensions',
            acceptedAt: version.publishedAt,
            publisherKeyId: keyId,
          },
          'ab'.repeat(32),
        ),
      ];
    }
    members(call.body, ['reason'], []);
    const mayAct = PEOPLE[call.who].roles.some((role) => role === 'operator') || action === 'revoke';
    if (!mayAct) throw new Refusal(403, 'forbidden', 'Only operators do this.');
    if (action === 'revoke') revoked.add(`${name}@${wanted}`);
    else revoked.delete(`${name}@${wanted}`);
    this.#log(call.who, `version.${action}`, `${name}@${wanted}`, null, {
      reason: call.body['reason'] as string,
    });
    const isRevoked = action === 'revoke';
    return [
      200,
      {
        name,
        version: wanted,
        revoked: isRevoked,
        reason: isRevoked ? call.body['reason'] : null,
        revokedAt: isRevoked ? daysAgo(0) : null,
      },
    ];
  }

  #revoked(name: string, version: string) {
    return this.data.revoked.has(`${name}@${version}`)
      ? { reason: 'It leaks addresses.', at: daysAgo(0) }
      : null;
  }

  #keys(call: Call, publisher: string, rest: readonly string[]): Answer {
    const keys = this.data.keys.get(publisher);
    if (keys === undefined) throw new Refusal(404, 'not_found', `There is no publisher ${publisher}.`);
    const [keyId, action] = rest;
    if (keyId === undefined) return [200, { keys }];
    const index = keys.findIndex((key) => key.keyId === keyId);
    const key = keys[index];
    if (key === undefined) throw new Refusal(404, 'not_found', 'There is no such key.');
    if (action === 'compromise') members(call.body, ['since'], []);
    const since = action === 'compromise' ? (call.body['since'] as string) : daysAgo(0);
    const changed = {
      ...key,
      status: action === 'compromise' ? ('compromised' as const) : ('retired' as const),
      since,
    };
    keys[index] = changed;
    return [200, changed];
  }

  #audit(call: Call, area: string): Answer {
    const { roles } = PEOPLE[call.who];
    const may =
      area === 'tenant'
        ? roles.some((role) => role === 'tenant_admin')
        : roles.some((role) => ['operator', 'publisher'].includes(role));
    if (!may) throw new Refusal(403, 'forbidden', 'This wants another role.');
    const [target, action] = [call.query.get('target'), call.query.get('action')];
    const found = this.data.audit.filter(
      (entry) =>
        entry.action.startsWith('install') === (area === 'tenant') &&
        (target === null || entry.target === target || entry.target.startsWith(`${target}@`)) &&
        (action === null || entry.action === action || entry.action.startsWith(`${action}.`)),
    );
    return page(found, call.query);
  }

  #installs(call: Call, name: string, rest: readonly string[]): Answer {
    const { roles } = PEOPLE[call.who];
    const isAdmin = roles.some((role) => role === 'tenant_admin');
    if (!isAdmin && !roles.some((role) => role === 'tenant_user'))
      throw new Refusal(403, 'forbidden', 'This wants a tenant.');
    const { installs } = this.data;
    if (name === '') {
      const gone = call.query.get('uninstalled') === 'true';
      const all = [...installs.values()].filter((one) => (one.status === 'uninstalled') === gone);
      return page(
        all.map((one) => omit(one, 'config')),
        call.query,
      );
    }
    if (!isAdmin && call.method !== 'GET')
      throw new Refusal(403, 'forbidden', 'This wants the role tenant_admin.');
    const [route, item] = rest;
    if (call.method === 'PUT' && route === undefined) return this.#install(call, name);
    if (call.method === 'GET' && route === 'upgrade')
      return [200, this.#preview(name, call.query.get('version') ?? '')];

    const install = installs.get(name);
    const isThere = install !== undefined && (install.status !== 'uninstalled' || route === 'restore');
    if (!isThere) throw new Refusal(404, 'extension_not_installed', `${name} is not installed.`);
    if (route === 'schedules') return this.#schedules(call, name, rest);
    if (route === 'deliveries') return this.#deliveries(call, name, rest);
    if (call.method === 'GET') return this.#read(call, install, isAdmin, route, item);
    if (route === 'secrets') return this.#setSecret(call, install, item ?? '');
    if (call.ifMatch !== undefined && call.ifMatch !== etagOf(install)) {
      throw new Refusal(412, 'precondition_failed', 'Somebody was faster.');
    }
    const changed = this.#change(call, install, route);
    this.#keep(call.who, `install.${route ?? 'remove'}`, install, changed);
    return route === undefined
      ? [204, undefined]
      : [changed.pending !== null && route === 'upgrade' ? 202 : 200, this.#show(changed), etagOf(changed)];
  }

  #read(
    call: Call,
    install: Install,
    isAdmin: boolean,
    route: string | undefined,
    item: string | undefined,
  ): Answer {
    const { name } = install;
    if (route === undefined) {
      const { config, ...rest } = this.#show(install);
      return [200, isAdmin ? { ...rest, config } : rest, etagOf(install)];
    }
    if (!isAdmin) throw new Refusal(403, 'forbidden', 'This wants the role tenant_admin.');
    if (route === 'history') return page(this.data.history.get(name) ?? [], call.query);
    if (route === 'secrets') return page(this.data.secrets.get(name) ?? [], call.query);
    if (route === 'usage')
      return [
        200,
        usage(call.query.get('period') === 'month' ? 'month' : 'day', name === 'com.acme.reports'),
      ];
    const executions = this.data.executions.get(name) ?? [];
    if (item !== undefined) {
      const one = executions.find(({ executionId }) => executionId === item);
      if (one === undefined) throw new Refusal(404, 'not_found', 'There is no such execution.');
      return [200, one];
    }
    const { query } = call;
    const wanted = (field: string, value: unknown) => !query.has(field) || query.get(field) === value;
    const status = query.get('status');
    const found = executions.filter(
      (one) =>
        (status === null ||
          (status.endsWith('xx')
            ? String(one.status).startsWith(status.slice(0, 1))
            : String(one.status) === status)) &&
        wanted('code', one.code) &&
        wanted('endpoint', one.endpoint) &&
        wanted('user', one.userId) &&
        one.startedAt >= (query.get('from') ?? '') &&
        one.startedAt < (query.get('to') ?? '9'),
    );
    return page(
      found.map((one) => omit(one, 'logs')),
      query,
    );
  }

  #schedules(call: Call, name: string, [, schedule, action]: readonly string[]): Answer {
    const all = this.data.schedules.get(name) ?? [];
    if (schedule === undefined) return [200, { items: all }];
    const index = all.findIndex((one) => one.name === schedule);
    const found = all[index];
    if (found === undefined) throw new Refusal(404, 'not_found', 'There is no such schedule.');
    const isPause = action === 'pause';
    all[index] = {
      ...found,
      pausedAt: isPause ? daysAgo(0) : null,
      pausedBy: isPause ? actorOf(call.who) : null,
      nextRunAt: isPause ? null : daysAgo(-1),
    };
    return [200, all[index]];
  }

  #deliveries(call: Call, name: string, [, id, action]: readonly string[]): Answer {
    const all = this.data.deliveries.get(name) ?? [];
    const { query } = call;
    if (id === undefined) {
      const found = all.filter(
        (one) =>
          (!query.has('status') || query.get('status') === one.status) &&
          (!query.has('topic') || query.get('topic') === one.topic),
      );
      return page(
        found.map((one) => omit(one, 'payload', 'log')),
        query,
      );
    }
    const index = all.findIndex((one) => one.deliveryId === id);
    const found = all[index];
    if (found === undefined) throw new Refusal(404, 'not_found', 'There is no such delivery.');
    if (action === undefined) return [200, found];
    if (found.status !== 'dead') throw new Refusal(409, 'conflict', 'It is not dead.');
    all[index] = { ...found, status: 'pending', failures: 0, nextAttemptAt: daysAgo(0), finishedAt: null };
    return [200, all[index]];
  }

  #install(call: Call, name: string): Answer {
    members(call.body, ['version'], ['grants', 'config', 'policy']);
    const version = this.#version(name, call.body['version'] as string);
    const config = (call.body['config'] ?? {}) as JsonObject;
    checkConfig(version, config);
    const requested = { capabilities: version.capabilities, egress: version.egress };
    const grants = checkGrants(requested, (call.body['grants'] ?? NOTHING) as Grants);
    const made: Install = {
      installId: randomUUID(),
      name,
      version: version.version,
      versionId: version.versionId,
      contentHash: version.contentHash,
      status: 'enabled',
      uninstalledUntil: null,
      grants,
      requested,
      missing: without(requested, grants),
      config,
      policy: (call.body['policy'] ?? 'pin') as Install['policy'],
      latestVersion: null,
      availableVersion: null,
      updateAvailable: false,
      pending: null,
      rollout: null,
      revision: 1,
      installedAt: daysAgo(0),
      updatedAt: daysAgo(0),
    };
    this.data.installs.set(name, made);
    this.data.secrets.set(
      name,
      version.secrets.map(({ name: id, description, required }) => ({
        name: id,
        description,
        required,
        state: 'missing',
      })),
    );
    this.#note(call.who, 'install.create', null, made);
    return [201, made, etagOf(made)];
  }

  #change(call: Call, install: Install, route: string | undefined): Install {
    const { body } = call;
    switch (route) {
      case undefined:
        return { ...install, status: 'uninstalled', uninstalledUntil: daysAgo(-30) };
      case 'enable':
      case 'disable':
        return { ...install, status: route === 'enable' ? 'enabled' : 'disabled' };
      case 'restore':
        return { ...install, status: 'enabled', uninstalledUntil: null };
      case 'config':
        checkConfig(this.#version(install.name, install.version), body as JsonObject);
        return { ...install, config: body as JsonObject };
      case 'policy':
        members(body, ['policy'], []);
        return { ...install, policy: body['policy'] as Install['policy'] };
      case 'grants': {
        members(body, [], ['capabilities', 'egress']);
        const grants = checkGrants(install.requested, body as unknown as Grants);
        return { ...install, grants, missing: without(install.requested, grants) };
      }
      case 'upgrade': {
        members(body, [], ['version', 'grants', 'config', 'percent']);
        const target = this.#version(install.name, body['version'] as string);
        if (body['percent'] !== undefined) {
          return {
            ...install,
            rollout: {
              version: target.version,
              versionId: target.versionId,
              percent: body['percent'] as number,
            },
          };
        }
        return this.#run(
          install,
          target,
          body['grants'] as Grants,
          (body['config'] ?? install.config) as JsonObject,
        );
      }
      case 'consent': {
        members(body, ['version', 'grants'], ['config']);
        if (install.pending?.version !== body['version'])
          throw new Refusal(409, 'conflict', 'Something else waits.');
        const target = this.#version(install.name, body['version'] as string);
        return this.#run(
          install,
          target,
          body['grants'] as Grants,
          (body['config'] ?? install.config) as JsonObject,
        );
      }
      case 'reject':
        return { ...install, pending: null };
      case 'rollback': {
        members(body, [], ['version', 'config']);
        const target = this.#version(install.name, body['version'] as string);
        return this.#run(install, target, within(install.grants, target), install.config ?? {});
      }
      case 'rollout':
        members(body, ['percent'], []);
        if (install.rollout === null) throw new Refusal(409, 'conflict', 'There is no rollout.');
        return { ...install, rollout: { ...install.rollout, percent: body['percent'] as number } };
      case 'promote':
        return this.#run(
          install,
          this.#version(install.name, install.rollout?.version ?? ''),
          install.grants,
          install.config ?? {},
        );
      case 'abort':
        return { ...install, rollout: null };
      default:
        throw new Refusal(404, 'not_found', 'No such route.');
    }
  }

  #run(install: Install, target: Version, grants: Grants, config: JsonObject): Install {
    checkConfig(target, config);
    const requested = { capabilities: target.capabilities, egress: target.egress };
    const held = checkGrants(requested, within(grants, target));
    const newest = this.data.extensions.get(install.name)?.latestVersion ?? null;
    const available = newest === target.version ? null : newest;
    return {
      ...install,
      version: target.version,
      versionId: target.versionId,
      contentHash: target.contentHash,
      requested,
      grants: held,
      missing: without(requested, held),
      config,
      pending: null,
      rollout: null,
      latestVersion: available,
      availableVersion: available,
      updateAvailable: available !== null,
    };
  }

  #setSecret(call: Call, install: Install, name: string): Answer {
    const secrets = this.data.secrets.get(install.name) ?? [];
    const index = secrets.findIndex((secret) => secret.name === name);
    const old = secrets[index];
    if (old === undefined)
      throw new Refusal(400, 'invalid_request', `The version declares no secret ${name}.`);
    const { version = 0 } = old;
    const rest = omit(old, 'version', 'createdAt', 'refusedFrom');
    if (call.method === 'DELETE') {
      secrets[index] = { ...rest, state: 'missing' };
      return [204, undefined];
    }
    members(call.body, ['value'], ['expiresAt']);
    const until = call.body['expiresAt'] as string | undefined;
    secrets[index] = {
      ...rest,
      state: 'valid',
      version: version + 1,
      createdAt: daysAgo(0),
      ...(until === undefined ? {} : { refusedFrom: until }),
    };
    return [200, secrets[index]];
  }

  #preview(name: string, wanted: string) {
    const target = this.#version(name, wanted);
    const install = this.data.installs.get(name);
    const from = install === undefined ? undefined : this.#version(name, install.version);
    const needed = from === undefined ? target : without(target, from);
    return {
      name,
      from: from?.version ?? null,
      to: target.version,
      wouldWait: needed.capabilities.length + needed.egress.length > 0,
      needed: { capabilities: needed.capabilities, egress: needed.egress },
      difference: { configFaults: configFaults(target.manifest.config, install?.config ?? {}) },
    };
  }

  #show(install: Install): Install {
    if (install.pending === null) return install;
    const { needed, difference: changes } = this.#preview(install.name, install.pending.version);
    return { ...install, pending: { ...install.pending, needed, difference: changes } };
  }

  #version(name: string, wanted: string): Version {
    const found = this.data.versions.get(name)?.find(({ version }) => version === wanted);
    if (found === undefined) throw new Refusal(404, 'not_found', `There is no version ${wanted} of ${name}.`);
    if (found.yanked !== null) throw new Refusal(409, 'version_yanked', found.yanked.reason);
    return found;
  }

  #keep(who: Who, action: string, before: Install, after: Install): void {
    const kept = { ...after, revision: before.revision + 1, updatedAt: daysAgo(0) };
    Object.assign(after, kept);
    this.data.installs.set(after.name, kept);
    this.#note(who, action, before, kept);
  }

  #note(who: Who, action: string, before: Install | null, after: Install): void {
    this.#log(who, action, after.name, before as unknown as Json, after as unknown as Json);
    if (before?.version === after.version) return;
    const history = this.data.history.get(after.name) ?? [];
    history.unshift({
      revision: after.revision,
      at: daysAgo(0),
      actor: actorOf(who),
      action,
      from: before?.version ?? null,
      to: after.version,
    });
    this.data.history.set(after.name, history);
  }

  #log(who: Who, action: string, target: string, before: Json, after: Json): void {
    this.data.audit.unshift({
      id: randomUUID(),
      at: daysAgo(0),
      actor: actorOf(who),
      action,
      target,
      requestId: randomUUID(),
      before,
      after,
    });
  }
}

interface Call {
  readonly method: string;
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly who: Who;
  readonly ifMatch: string | undefined;
  readonly body: Body;
}

type Answer = readonly [status: number, body: unknown, etag?: string];

const actorOf = (who: Who) => `http://127.0.0.1:7073#${PEOPLE[who].email}`;
const etagOf = (install: Install) => `"${install.revision}"`;

function omit<T extends object, K extends keyof T>(from: T, ...members: readonly K[]): Omit<T, K> {
  const rest = Object.entries(from).filter(([name]) => !(members as readonly PropertyKey[]).includes(name));
  return Object.fromEntries(rest) as Omit<T, K>;
}

function page(all: readonly unknown[], query: URLSearchParams): Answer {
  const start = Number(query.get('cursor') ?? '0');
  const end = start + Number(query.get('limit') ?? '50');
  return [200, { items: all.slice(start, end), nextCursor: end < all.length ? String(end) : null }];
}

/** What the registry does too: an unknown or missing member is refused. */
function members(body: Body, required: readonly string[], optional: readonly string[]): void {
  const given = Object.keys(body);
  const faults = [
    ...given.filter((name) => ![...required, ...optional].includes(name)).map((name) => `${name} is unknown`),
    ...required.filter((name) => !given.includes(name)).map((name) => `${name} is missing`),
  ];
  if (faults.length > 0) throw new Refusal(400, 'invalid_request', `${faults.join('; ')}.`);
}

// Of the schema's rules just those that the tests break.
function checkConfig({ manifest }: Version, config: JsonObject): void {
  const faults = configFaults(manifest.config, config);
  if (faults.length > 0)
    throw new Refusal(
      400,
      'invalid_request',
      `config does not fit this version's schema: ${faults.join('; ')}.`,
    );
}

function configFaults(schema: JsonObject | undefined, config: JsonObject): string[] {
  if (schema === undefined) return [];
  const properties = schema['properties'] as JsonObject;
  const required = (schema['required'] ?? []) as readonly string[];
  return [
    ...required.filter((name) => !(name in config)).map((name) => `#/${name}: PropertyRequired`),
    ...Object.keys(config)
      .filter((name) => !(name in properties))
      .map((name) => `#/${name}: NoAdditionalPropertiesAllowed`),
    ...Object.entries(config).flatMap(([name, value]) => {
      const { maximum } = (properties[name] ?? {}) as { maximum?: number };
      return typeof value === 'number' && maximum !== undefined && value > maximum
        ? [`#/${name}: NumberTooBig`]
        : [];
    }),
  ];
}

function checkGrants(asked: Grants, grants: Grants): Grants {
  const more = without(grants, asked);
  if (more.capabilities.length + more.egress.length > 0)
    throw new Refusal(400, 'invalid_request', 'More than it asks for.');
  return grants;
}

function within(grants: Grants, other: Grants): Grants {
  return {
    capabilities: grants.capabilities.filter((one) => other.capabilities.includes(one)),
    egress: grants.egress.filter((one) => other.egress.includes(one)),
  };
}

function without(grants: Grants, other: Grants): Grants {
  return {
    capabilities: grants.capabilities.filter((one) => !other.capabilities.includes(one)),
    egress: grants.egress.filter((one) => !other.egress.includes(one)),
  };
}

function envelope(statement: object, keyid: string) {
  return {
    payloadType: 'application/vnd.alga.statement+json',
    payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
    signatures: [{ keyid, sig: 'AAAA' }],
  };
}

function usage(period: 'day' | 'month', isUsed: boolean) {
  const figures = (seed: number) => ({
    invocations: 300 + ((seed * 97) % 220),
    errors: (seed * 7) % 19,
    durationUs: 9_000_000,
    egressBytes: 120_000 * ((seed % 6) + 1),
    fuel: 0,
    memoryBytesPeak: 21_000_000,
    p50Us: 3_200 + seed * 20,
    p95Us: 14_000 + ((seed * 911) % 9_000),
    p99Us: 42_000,
  });
  const days = period === 'day' ? 30 : 365;
  const items = Array.from({ length: days }, (_, index) => daysAgo(days - 1 - index).slice(0, 10))
    .filter((day, index) => (period === 'day' ? index !== 11 : day.endsWith('-01')))
    .map((startsOn, index) => ({ startsOn, figures: figures(index + 1) }));
  const used = isUsed ? items : [];
  const sum = (of: (one: ReturnType<typeof figures>) => number) =>
    used.reduce((total, item) => total + of(item.figures), 0);
  return {
    period,
    from: daysAgo(days - 1).slice(0, 10),
    to: daysAgo(0).slice(0, 10),
    totals: {
      ...figures(1),
      invocations: sum((one) => one.invocations),
      errors: sum((one) => one.errors),
      egressBytes: sum((one) => one.egressBytes),
      ...(isUsed ? {} : { p50Us: null, p95Us: null, p99Us: null, memoryBytesPeak: 0 }),
    },
    items: used,
  };
}
