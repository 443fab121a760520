import { HttpError, log, storage, type ExtensionResponse, type RequestContext } from '@alga/extension-sdk';

/** A note as it is stored. */
export interface StoredNote {
  /** 1 to 500 characters. */
  readonly text: string;
  /** RFC 3339 instant. */
  readonly at: string;
  /** Name of the user who wrote it. */
  readonly by: string;
}

/** A note as the API gives it. */
export interface Note extends StoredNote {
  readonly id: string;
}

const notes = storage.namespace<StoredNote>('notes');

/** Every note of the tenant. */
export function listNotes(ctx: RequestContext): ExtensionResponse {
  return ctx.json({ notes: Array.from(notes.entries(), ({ key, value }): Note => ({ id: key, ...value })) });
}

export function addNote(ctx: RequestContext): ExtensionResponse {
  const text = (ctx.request.json() as { text?: unknown } | null)?.text;
  if (typeof text !== 'string' || text.trim() === '' || text.length > 500) {
    throw new HttpError(400, 'invalid_note', 'A note has 1 to 500 characters.');
  }
  const note = {
    text: text.trim(),
    at: new Date().toISOString(),
    by: ctx.invocation.user?.name ?? 'Somebody',
  };
  const { key } = notes.put(crypto.randomUUID(), note, { ifRevision: 0 });
  log.info('note added', { id: key });
  return ctx.json({ id: key, ...note } satisfies Note, { status: 201 });
}

export function removeNote(ctx: RequestContext<'id'>): ExtensionResponse {
  if (!notes.delete(ctx.params.id)) throw new HttpError(404, 'no_note', 'There is no such note.');
  return ctx.empty();
}
