import { Button, Card, Stack, Text } from '@alga/ui-kit';
import { useState } from 'react';
import { useExtension } from '../../api/catalogue.ts';
import { useChangeInstall } from '../../api/installs.ts';
import type { VersionSummary } from '../../api/types.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { useAct } from '../../common/useAct.ts';
import { When } from '../../common/When.tsx';
import { PolicyChoice } from '../../install/PolicyChoice.tsx';
import { texts } from '../../texts.ts';
import type { TabProps } from '../InstallationPage.tsx';
import { HistoryCard } from './HistoryCard.tsx';
import { PendingCard } from './PendingCard.tsx';
import { RolloutCard } from './RolloutCard.tsx';
import { UpgradeDrawer } from './UpgradeDrawer.tsx';

const words = texts.versions;

/** Which version runs, which could, and which did. */
export function VersionsTab({ install }: TabProps) {
  const extension = useExtension(install.name);
  return (
    <Stack gap={4}>
      {install.pending?.difference !== undefined && (
        <PendingCard key={install.pending.version} install={install} pending={install.pending} />
      )}
      {install.rollout !== null && (
        <RolloutCard key={install.rollout.version} install={install} rollout={install.rollout} />
      )}
      <Card title={words.newer} description={words.current(install.version)} headingLevel={2}>
        <Loaded query={extension}>
          {({ versions }) => <Newer install={install} newer={newerThan(versions, install.version)} />}
        </Loaded>
      </Card>
      <Card title={words.policy} headingLevel={2}>
        <PolicyCard install={install} />
      </Card>
      <HistoryCard install={install} />
    </Stack>
  );
}

// The registry lists the highest first.
function newerThan(versions: readonly VersionSummary[], running: string): readonly VersionSummary[] {
  const index = versions.findIndex(({ version }) => version === running);
  return versions
    .slice(0, Math.max(index, 0))
    .filter(({ yanked, revoked }) => yanked === null && revoked === null);
}

function Newer({
  install,
  newer,
}: Pick<TabProps, 'install'> & { readonly newer: readonly VersionSummary[] }) {
  const [chosen, setChosen] = useState<string>();
  if (newer.length === 0) return <Text tone="muted">{words.upToDate}</Text>;
  return (
    <>
      <ul className="Rows">
        {newer.map((one) => (
          <li key={one.version} className="Row">
            <div className="Row-words">
              <span className="Row-title">{one.version}</span>
              <span className="Row-text">
                {texts.extension.published} <When at={one.publishedAt} />
                {one.prerelease && ` · ${texts.catalogue.prerelease}`}
              </span>
            </div>
            <div className="Row-actions">
              <Button
                size="sm"
                variant={one.version === install.availableVersion ? 'primary' : 'secondary'}
                aria-label={words.reviewNamed(one.version)}
                onPress={() => {
                  setChosen(one.version);
                }}
              >
                {words.review}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {chosen !== undefined && (
        <UpgradeDrawer
          key={chosen}
          install={install}
          to={chosen}
          onClose={() => {
            setChosen(undefined);
          }}
        />
      )}
    </>
  );
}

function PolicyCard({ install }: Pick<TabProps, 'install'>) {
  const change = useChangeInstall(install.name);
  const act = useAct();
  return (
    <PolicyChoice
      value={install.policy}
      isDisabled={change.isPending}
      onChange={(policy) =>
        void act(
          () =>
            change.mutateAsync({ route: '/policy', method: 'PUT', body: { policy }, optimistic: { policy } }),
          texts.policy.saved,
        )
      }
    />
  );
}
