import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './ApiContext.ts';
import type { AuditEntry, Page, PublisherKey, Revocation } from './types.ts';

/** A page of an audit log: the tenant's own, or the platform's. */
export function useAudit(
  scope: 'tenant' | 'registry',
  filter: { readonly target: string; readonly action: string; readonly tenant?: string },
  cursor: string | undefined,
  limit = 25,
) {
  const api = useApi();
  return useQuery({
    queryKey: ['audit', scope, filter, cursor, limit],
    queryFn: async ({ signal }) =>
      (
        await api.send<Page<AuditEntry>>(`/${scope}/audit`, {
          query: { ...filter, cursor, limit },
          signal,
        })
      ).body,
    placeholderData: keepPreviousData,
  });
}

const keysPath = (publisher: string) => `/registry/publishers/${encodeURIComponent(publisher)}/keys`;

/** Keys of a publisher; nothing is asked while none is named. */
export function usePublisherKeys(publisher: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['keys', publisher],
    enabled: publisher !== '',
    queryFn: async ({ signal }) =>
      (await api.send<{ keys: readonly PublisherKey[] }>(keysPath(publisher), { signal })).body.keys,
  });
}

/** Retires a key, or with `since` tells that it was compromised. */
export function useEndKey(publisher: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ keyId, since }: { keyId: string; since?: string }) => {
      const key = `${keysPath(publisher)}/${encodeURIComponent(keyId)}`;
      await api.send(since === undefined ? `${key}/retire` : `${key}/compromise`, {
        method: 'POST',
        ...(since === undefined ? {} : { body: { since } }),
      });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['keys', publisher] }),
  });
}

/** Revokes a version everywhere, or takes that back. */
export function useRevoke() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (change: {
      name: string;
      version: string;
      action: 'revoke' | 'restore';
      reason: string;
    }) => {
      const { name, version, action, reason } = change;
      const path = `/registry/extensions/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}/${action}`;
      return (await api.send<Revocation>(path, { method: 'POST', body: { reason } })).body;
    },
    onSettled: () =>
      Promise.all(
        [['extension'], ['version'], ['audit']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      ),
  });
}
