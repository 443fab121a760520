import { Skeleton, Stack } from '@alga/ui-kit';
import { Suspense, type ReactNode } from 'react';
import { useChangesLoaded } from './useChangesLoaded.ts';

/** Props of {@link ChangesLoaded}. */
export interface ChangesLoadedProps {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** What has a `VersionChanges` of the same two versions in it. */
  readonly children: ReactNode;
}

/**
 * Waits for all that `VersionChanges` shows, with what is decided on it: nothing moves under the pointer, and nobody answers before
 * they could read what has changed. A part that cannot be loaded says so in its own place.
 */
export function ChangesLoaded({ name, from, to, children }: ChangesLoadedProps) {
  if (!useChangesLoaded(name, from, to)) return <Waiting />;
  return <Suspense fallback={<Waiting />}>{children}</Suspense>;
}

function Waiting() {
  return (
    <div aria-busy="true">
      <Stack gap={3}>
        <Skeleton width="40%" height="1.5rem" shape="box" />
        <Skeleton height="16rem" shape="box" />
        <Skeleton height="16rem" shape="box" />
      </Stack>
    </div>
  );
}
