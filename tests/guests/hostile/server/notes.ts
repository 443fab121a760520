import {
  HttpError,
  storage,
  StorageConflictError,
  type ExtensionResponse,
  type RequestContext,
} from '@alga/extension-sdk';

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
