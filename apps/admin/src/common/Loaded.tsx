import { Skeleton, Stack } from '@alga/ui-kit';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert.tsx';

/** Props of {@link Loaded}. */
export interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  /** Shown while it loads; a few lines unless given. Should take the room that the content will take. */
  readonly placeholder?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** What a query brought; until then its place is kept, and a fault is told with a way to try again. */
export function Loaded<T>({ query, placeholder, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return <div aria-busy="true">{placeholder ?? <Lines />}</div>;
}

function Lines() {
  return (
    <Stack gap={3}>
      <Skeleton width="40%" height="1.5rem" shape="box" />
      <Skeleton height="8rem" shape="box" />
      <Skeleton height="8rem" shape="box" />
    </Stack>
  );
}
