import { Button, Card, ConfirmDialog, DialogTrigger, NumberInput, Progress, Stack } from '@alga/ui-kit';
import { useState } from 'react';
import { useChangeInstall } from '../../api/installs.ts';
import type { Install } from '../../api/types.ts';
import { orExplain, useAct } from '../../common/useAct.ts';
import { texts } from '../../texts.ts';

/** Props of {@link RolloutCard}. */
export interface RolloutCardProps {
  readonly install: Install;
  readonly rollout: NonNullable<Install['rollout']>;
}

const words = texts.versions;

/** A new version that a share of the users has: more of them, all, or none. */
export function RolloutCard({ install, rollout }: RolloutCardProps) {
  const { version, percent } = rollout;
  const [share, setShare] = useState(percent);
  const change = useChangeInstall(install.name);
  const act = useAct();
  return (
    <Card
      title={words.rolloutTitle(version)}
      description={words.rolloutText(percent, version, install.version)}
      headingLevel={2}
      className="Waiting"
    >
      <Stack gap={4}>
        <Progress label={words.rolloutLabel} value={percent} valueLabel={`${percent} %`} />
        <Stack direction="row" align="end" gap={2} wrap>
          <NumberInput label={words.percent} minValue={0} maxValue={100} value={share} onChange={setShare} />
          <Button
            isDisabled={share === percent || Number.isNaN(share)}
            isPending={change.isPending}
            onPress={() =>
              void act(
                () => change.mutateAsync({ route: '/rollout', method: 'PUT', body: { percent: share } }),
                words.percentSet(share),
              )
            }
          >
            {words.setPercent}
          </Button>
        </Stack>
        <Stack direction="row" gap={2} wrap>
          <DialogTrigger>
            <Button variant="primary">{words.promote}</Button>
            <ConfirmDialog
              title={words.promoteTitle(version)}
              confirmLabel={words.promote}
              onConfirm={() =>
                orExplain(() => change.mutateAsync({ route: '/promote' }), words.promoted(version))
              }
            >
              {words.promoteText}
            </ConfirmDialog>
          </DialogTrigger>
          <DialogTrigger>
            <Button>{words.abort}</Button>
            <ConfirmDialog
              title={words.abortTitle(version)}
              confirmLabel={words.abort}
              tone="danger"
              onConfirm={() => orExplain(() => change.mutateAsync({ route: '/abort' }), words.aborted)}
            >
              {words.abortText(install.version)}
            </ConfirmDialog>
          </DialogTrigger>
        </Stack>
      </Stack>
    </Card>
  );
}
