import {
  HttpError,
  log,
  metrics,
  StorageConflictError,
  type ExtensionResponse,
  type RequestContext,
} from '@alga/extension-sdk';
import { parseTerms, type AgreementTerms } from './agreement.ts';
import { agreements, find, toAgreement } from './store.ts';

/** Every agreement; `?status=active` only those. */
export function list(ctx: RequestContext): ExtensionResponse {
  const status = ctx.request.query.get('status');
  const all = Array.from(agreements.entries(), toAgreement);
  return ctx.json({
    agreements: status === undefined ? all : all.filter((agreement) => agreement.status === status),
    currency: ctx.invocation.config['currency'] ?? 'EUR',
  });
}

export function get(ctx: RequestContext<'id'>): ExtensionResponse {
  return ctx.json(find(ctx.params.id));
}

export function create(ctx: RequestContext): ExtensionResponse {
  return withTerms(ctx, ctx.request.json(), (terms) => {
    const entry = agreements.put(crypto.randomUUID(), terms, { ifRevision: 0 });
    log.info('agreement created', { id: entry.key });
    metrics.count('agreements_created', 1, { plan: terms.plan });
    return ctx.json(toAgreement(entry), { status: 201 });
  });
}

/** Replaces the terms, on condition that nobody else changed the agreement since `revision`. */
export function update(ctx: RequestContext<'id'>): ExtensionResponse {
  const body = ctx.request.json();
  const revision = (body as { revision?: unknown } | null)?.revision;
  if (typeof revision !== 'number' || !Number.isInteger(revision) || revision < 1) {
    throw new HttpError(400, 'revision_required', 'Name the revision that the change is based on.');
  }
  const { sourceId } = find(ctx.params.id);
  return withTerms(ctx, body, (terms) => {
    try {
      const value = sourceId === undefined ? terms : { ...terms, sourceId };
      const entry = agreements.put(ctx.params.id, value, { ifRevision: revision });
      log.info('agreement changed', { id: entry.key, revision: entry.revision });
      return ctx.json(toAgreement(entry));
    } catch (error) {
      if (!(error instanceof StorageConflictError)) throw error;
      throw new HttpError(
        409,
        'changed_meanwhile',
        'Somebody else has changed the agreement. Load it again.',
        {
          cause: error,
        },
      );
    }
  });
}

export function remove(ctx: RequestContext<'id'>): ExtensionResponse {
  if (!agreements.delete(ctx.params.id)) find(ctx.params.id);
  log.info('agreement deleted', { id: ctx.params.id });
  return ctx.empty();
}

/** Calls `work` with the body's terms, or answers 400 with a message for each field. */
function withTerms(
  ctx: RequestContext<never>,
  body: unknown,
  work: (terms: AgreementTerms) => ExtensionResponse,
): ExtensionResponse {
  const parsed = parseTerms(body);
  if ('terms' in parsed) return work(parsed.terms);
  const error = { code: 'invalid_agreement', message: 'Some fields are wrong.', fields: parsed.errors };
  return ctx.json({ error }, { status: 400 });
}
