import { useExtension } from '@alga/extension-iframe-sdk/react';
import { useCallback, useEffect, useState } from 'react';
import type { Note } from '../server/notes.ts';

/** The tenant's notes, and what can be done with them. */
export interface Notes {
  /** Undefined until they are loaded. */
  readonly notes: readonly Note[] | undefined;
  /** Why they could not be loaded. */
  readonly error: string | undefined;
  /** Rejects with an Error whose message is for the reader. */
  readonly add: (text: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

export function useNotes(): Notes {
  const { api } = useExtension();
  const [state, setState] = useState<{ readonly notes?: readonly Note[]; readonly error?: string }>({});

  // Requests go through the host: the page itself has no network.
  const send = useCallback(
    async (route: string, method: string, body?: unknown): Promise<unknown> => {
      const response = await api.fetch(route, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      if (response.status === 204) return undefined;
      const answer = (await response.json()) as { error?: { message?: string }; title?: string };
      if (response.ok) return answer;
      throw new Error(answer.error?.message ?? answer.title ?? `The request failed with ${response.status}.`);
    },
    [api],
  );

  const load = useCallback(
    () =>
      send('/notes', 'GET').then(
        (answer) => {
          setState(answer as { notes: readonly Note[] });
        },
        (error: unknown) => {
          setState({ error: error instanceof Error ? error.message : String(error) });
        },
      ),
    [send],
  );

  useEffect(() => {
    void load();
  }, [load]);

  return {
    notes: state.notes,
    error: state.error,
    add: async (text) => {
      await send('/notes', 'POST', { text });
      await load();
    },
    remove: async (id) => {
      await send(`/notes/${id}`, 'DELETE');
      await load();
    },
  };
}
