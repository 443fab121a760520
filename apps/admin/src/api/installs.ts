import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './ApiContext.ts';
import type { Call } from './client.ts';
import type { HistoryEntry, Install, Page, Secret, UpgradePreview } from './types.ts';

const ROOT = '/tenant/installs';
const path = (name: string, rest = '') => `${ROOT}/${encodeURIComponent(name)}${rest}`;

/** All installs of the tenant, or those that can be restored. */
export function useInstalls(which: 'installed' | 'uninstalled' = 'installed', enabled = true) {
  const api = useApi();
  return useQuery({
    queryKey: ['installs', which],
    enabled,
    queryFn: async ({ signal }) => {
      const all: Install[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: 200, cursor, uninstalled: which === 'uninstalled' ? 'true' : undefined };
        const { body } = await api.send<Page<Install>>(ROOT, { query, signal });
        all.push(...body.items);
        cursor = body.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return all;
    },
  });
}

/** An install with the tag that a change has to name. */
export interface TaggedInstall {
  readonly install: Install;
  readonly etag: string | undefined;
}

/** One install. */
export function useInstall(name: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['install', name],
    queryFn: async ({ signal }): Promise<TaggedInstall> => {
      const { body, etag } = await api.send<Install>(path(name), { signal });
      return { install: body, etag };
    },
  });
}

/** A change of an install: the route below it, and how it is called. */
export interface InstallChange extends Pick<Call, 'method' | 'body' | 'ifMatch'> {
  /** Such as `/upgrade`; the install itself when empty. */
  readonly route: string;
  /** What the install will be like, where that is sure unless the change is refused: shown before the answer. */
  readonly optimistic?: Partial<Install>;
}

/**
 * Changes one install, shows what the answer says at once, and reads again all that may follow from it. The change builds on
 * what is on the screen (`If-Match`), so that of two admins the second is told.
 */
export function useChangeInstall(name: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ route, method = 'POST', body, ifMatch }: InstallChange) =>
      api.send<Install | undefined>(path(name, route), {
        method,
        body,
        ifMatch: ifMatch ?? queries.getQueryData<TaggedInstall>(['install', name])?.etag,
      }),
    onMutate: async ({ optimistic }) => {
      await queries.cancelQueries({ queryKey: ['install', name] });
      const before = queries.getQueryData<TaggedInstall>(['install', name]);
      if (optimistic !== undefined && before !== undefined) {
        queries.setQueryData<TaggedInstall>(['install', name], {
          ...before,
          install: { ...before.install, ...optimistic },
        });
      }
      return { before };
    },
    onError: (_error, _change, context) => {
      if (context?.before !== undefined) queries.setQueryData(['install', name], context.before);
    },
    onSuccess: ({ body, etag }) => {
      if (body !== undefined) queries.setQueryData<TaggedInstall>(['install', name], { install: body, etag });
    },
    onSettled: async () => {
      const changed = [
        ['installs'],
        ['install', name],
        ['history', name],
        ['preview', name],
        ['secrets', name],
        ['schedules', name],
        ['audit'],
      ];
      await Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
}

/** What an upgrade or an install would change; nothing is asked while no version is named. */
export function usePreview(name: string, version: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ['preview', name, version],
    enabled: version !== undefined,
    queryFn: async ({ signal }) =>
      (await api.send<UpgradePreview>(path(name, '/upgrade'), { query: { version }, signal })).body,
  });
}

/** Changes of version, the latest first. */
export function useHistory(name: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['history', name],
    queryFn: async ({ signal }) =>
      (await api.send<Page<HistoryEntry>>(path(name, '/history'), { query: { limit: 200 }, signal })).body,
  });
}

/** What secrets the version declares, and which have a value. */
export function useSecrets(name: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['secrets', name],
    queryFn: async ({ signal }) =>
      (await api.send<Page<Secret>>(path(name, '/secrets'), { signal })).body.items,
  });
}

/** Stores or deletes a secret's value. */
export function useChangeSecret(name: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    // The value is not kept: neither as a result nor among the mutation's variables.
    gcTime: 0,
    mutationFn: async (change: { secret: string; value?: string; expiresAt?: string | undefined }) => {
      const { secret, value, expiresAt } = change;
      await api.send(path(name, `/secrets/${encodeURIComponent(secret)}`), {
        ...(value === undefined ? { method: 'DELETE' } : { method: 'PUT', body: { value, expiresAt } }),
      });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['secrets', name] }),
  });
}
