import { useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext.ts';
import type { Quotas } from './types.ts';

/** The limits that hold this month, and what was used of them. */
export function useQuotas(enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: ['quotas'],
    enabled,
    queryFn: async ({ signal }) => (await api.send<Quotas>('/tenant/quotas', { signal })).body,
  });
}
