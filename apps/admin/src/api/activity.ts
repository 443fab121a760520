import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './ApiContext.ts';
import type { Delivery, DeliveryDetails, Page, Schedule } from './types.ts';

const path = (name: string, rest: string) => `/tenant/installs/${encodeURIComponent(name)}${rest}`;

/** What the version that runs does by the clock. */
export function useSchedules(name: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['schedules', name],
    queryFn: async ({ signal }) =>
      (await api.send<{ items: readonly Schedule[] }>(path(name, '/schedules'), { signal })).body.items,
  });
}

/** Pauses a schedule, or lets it run again. */
export function useChangeSchedule(name: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ schedule, action }: { schedule: string; action: 'pause' | 'resume' }) => {
      await api.send(path(name, `/schedules/${encodeURIComponent(schedule)}/${action}`), { method: 'POST' });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['schedules', name] }),
  });
}

/** A page of deliveries, the newest first; an empty text is no condition. */
export function useDeliveries(
  name: string,
  filter: { readonly status: string; readonly topic: string },
  cursor: string | undefined,
) {
  const api = useApi();
  return useQuery({
    queryKey: ['deliveries', name, filter, cursor],
    queryFn: async ({ signal }) =>
      (
        await api.send<Page<Delivery>>(path(name, '/deliveries'), {
          query: { ...filter, cursor, limit: 25 },
          signal,
        })
      ).body,
    placeholderData: keepPreviousData,
  });
}

/** One delivery with its payload and its attempts. */
export function useDelivery(name: string, deliveryId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['delivery', name, deliveryId],
    queryFn: async ({ signal }) =>
      (
        await api.send<DeliveryDetails>(path(name, `/deliveries/${encodeURIComponent(deliveryId)}`), {
          signal,
        })
      ).body,
  });
}

/** Tries a dead delivery again. */
export function useRedeliver(name: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (deliveryId: string) => {
      await api.send(path(name, `/deliveries/${encodeURIComponent(deliveryId)}/redeliver`), {
        method: 'POST',
      });
    },
    onSettled: () =>
      Promise.all(
        [['deliveries', name], ['delivery', name], ['audit']].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
