import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext.ts';
import { Problem } from './problem.ts';
import type { Envelope, Extension, ExtensionDetails, Page, Version } from './types.ts';

const path = (name: string) => `/registry/extensions/${encodeURIComponent(name)}`;

/** Extensions that a search finds, page by page. */
export function useExtensions(q: string) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['extensions', q],
    queryFn: async ({ pageParam, signal }) =>
      (
        await api.send<Page<Extension>>('/registry/extensions', {
          query: { q, cursor: pageParam, limit: 24 },
          signal,
        })
      ).body,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One extension with its versions. */
export function useExtension(name: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['extension', name],
    queryFn: async ({ signal }) => (await api.send<ExtensionDetails>(path(name), { signal })).body,
  });
}

/** How to get one version, for {@link useVersion} and lists of them. */
export function versionQuery(api: ReturnType<typeof useApi>, name: string, version: string) {
  return {
    queryKey: ['version', name, version],
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await api.send<Version>(`${path(name)}/versions/${encodeURIComponent(version)}`, { signal })).body,
    // A version never changes; only a yank or a deprecation shows up in it.
    staleTime: 60_000,
  };
}

/** One version, or none while it is not known which. */
export function useVersion(name: string, version: string | undefined) {
  const api = useApi();
  return useQuery({ ...versionQuery(api, name, version ?? ''), enabled: version !== undefined });
}

/** What the publisher says about a version in a file of its bundle; null where it says nothing. */
export function usePublisherText(name: string, version: string, kind: 'readme' | 'changelog') {
  const api = useApi();
  return useQuery({
    queryKey: [kind, name, version],
    queryFn: async ({ signal }) => {
      try {
        return await api.text(`${path(name)}/versions/${encodeURIComponent(version)}/${kind}`, { signal });
      } catch (error) {
        if (error instanceof Problem && error.code === 'not_found') return null;
        throw error;
      }
    },
    staleTime: Infinity,
  });
}

/** The publisher's signature, or the registry's counter-signature. */
export function useEnvelope(name: string, version: string, kind: 'signature' | 'acceptance') {
  const api = useApi();
  return useQuery({
    queryKey: ['envelope', name, version, kind],
    queryFn: async ({ signal }) =>
      (await api.send<Envelope>(`${path(name)}/versions/${encodeURIComponent(version)}/${kind}`, { signal }))
        .body,
    staleTime: Infinity,
  });
}
