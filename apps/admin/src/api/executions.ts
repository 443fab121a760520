import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from './ApiContext.ts';
import type { Execution, ExecutionDetails, Page, Usage } from './types.ts';

/** What executions are looked for; an empty text is no condition. */
export interface ExecutionFilter {
  readonly status: string;
  readonly code: string;
  readonly endpoint: string;
  readonly user: string;
  /** Instants, `from` included and `to` not. */
  readonly from: string;
  readonly to: string;
}

const path = (name: string, rest: string) => `/tenant/installs/${encodeURIComponent(name)}${rest}`;

/** One page of executions, the newest first. */
export function useExecutions(name: string, filter: ExecutionFilter, cursor: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ['executions', name, filter, cursor],
    queryFn: async ({ signal }) =>
      (
        await api.send<Page<Execution>>(path(name, '/executions'), {
          query: { ...filter, cursor, limit: 25 },
          signal,
        })
      ).body,
    placeholderData: keepPreviousData,
  });
}

/** One execution with its log. */
export function useExecution(name: string, executionId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['execution', name, executionId],
    queryFn: async ({ signal }) =>
      (
        await api.send<ExecutionDetails>(path(name, `/executions/${encodeURIComponent(executionId)}`), {
          signal,
        })
      ).body,
    staleTime: Infinity,
  });
}

/** Use by day (the last 30) or month (the last 12). */
export function useUsage(name: string, period: 'day' | 'month') {
  const api = useApi();
  return useQuery({
    queryKey: ['usage', name, period],
    queryFn: async ({ signal }) =>
      (await api.send<Usage>(path(name, '/usage'), { query: { period }, signal })).body,
    placeholderData: keepPreviousData,
  });
}
