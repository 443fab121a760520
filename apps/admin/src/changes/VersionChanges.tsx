import { Heading, Stack, Text } from '@alga/ui-kit';
import { lazy, memo } from 'react';
import { useVersion } from '../api/catalogue.ts';
import type { Version } from '../api/types.ts';
import { Loaded } from '../common/Loaded.tsx';
import { texts } from '../texts.ts';
import { ChangeList } from './ChangeList.tsx';
import { CodeChanges } from './CodeChanges.tsx';
import { compareManifests } from './compareManifests.ts';

// What reads Markdown is large.
const ChangelogNews = lazy(async () => ({
  default: (await import('./ChangelogNews.tsx')).ChangelogNews,
}));

const words = texts.changes;

/** Props of {@link VersionChanges}. */
export interface VersionChangesProps {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/**
 * All that is otherwise in one version than in another: manifest, code, and what the publisher says of it; each below a heading of
 * level 3. A form around it is drawn with each key that is pressed, and a changelog takes long to read: so it is remembered.
 * Stands in a `ChangesLoaded`.
 */
export const VersionChanges = memo(function VersionChanges({ name, from, to }: VersionChangesProps) {
  const before = useVersion(name, from);
  const after = useVersion(name, to);
  return (
    <Loaded<Version> query={before}>
      {(old) => (
        <Loaded<Version> query={after}>
          {(current) => (
            <Stack gap={5}>
              <Stack gap={2}>
                <Heading level={3} size="md">
                  {words.title}
                </Heading>
                <ManifestChanges from={old} to={current} />
              </Stack>
              <Stack gap={2}>
                <Heading level={3} size="md">
                  {words.code.title}
                </Heading>
                <CodeChanges from={old} to={current} />
              </Stack>
              <ChangelogNews name={name} from={from} to={to} />
            </Stack>
          )}
        </Loaded>
      )}
    </Loaded>
  );
});

function ManifestChanges({ from, to }: { readonly from: Version; readonly to: Version }) {
  const groups = compareManifests(from, to);
  return groups.length === 0 ? <Text tone="muted">{words.nothing}</Text> : <ChangeList groups={groups} />;
}
