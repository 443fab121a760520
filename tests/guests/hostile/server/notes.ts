import {
  HttpError,
  storage,
  StorageConflictError,
  type ExtensionResponse,
  type RequestContext,
} from '@alga/extension-sdk';

const TOTAL = 'total';

const notes = storage.namespace<unknown>('notes');

export function readNote(ctx: RequestContext<'key'>): ExtensionResponse {
  const entry = notes.get(ctx.params.key);
  if (entry === undefined) throw new HttpError(404, 'no_note', 'There is no such note.');
  return ctx.json(entry);
}

/** Writes the body; `?if-revision=n` makes it conditional. */
export function writeNote(ctx: RequestContext<'key'>): ExtensionResponse {
  const wanted = ctx.request.query.get('if-revision');
  try {
    const options = wanted === undefined ? {} : { ifRevision: Number(wanted) };
    return ctx.json(notes.put(ctx.params.key, ctx.request.json(), options));
  } catch (error) {
    if (!(error instanceof StorageConflictError)) throw error;
    throw new HttpError(409, 'conflict', error.message, { cause: error });
  }
}

export function removeNote(ctx: RequestContext<'key'>): ExtensionResponse {
  return ctx.json({ deleted: notes.delete(ctx.params.key) });
}

/**
 * Counts an operation once: its own mark and the total are written together, so that either both are there or none.
 * `again` tells that the operation had been counted before.
 */
export function countOnce(ctx: RequestContext<'operation'>): ExtensionResponse {
  const mark = `operation-${ctx.params.operation}`;
  for (;;) {
    const total = notes.get(TOTAL);
    const { version } = ctx.invocation;
    if (notes.get(mark) !== undefined) return ctx.json({ again: true, version });
    try {
      const next = typeof total?.value === 'number' ? total.value + 1 : 1;
      notes.commit([
        { put: mark, value: 1, ifRevision: 0 },
        { put: TOTAL, value: next, ifRevision: total?.revision ?? 0 },
      ]);
      return ctx.json({ again: false, version });
    } catch (error) {
      // Somebody else counted meanwhile; the time limit ends this if it goes on for ever.
      if (!(error instanceof StorageConflictError)) throw error;
    }
  }
}
