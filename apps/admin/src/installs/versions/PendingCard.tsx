import { Button, Card, ConfirmDialog, DialogTrigger, FormActions, Stack } from '@alga/ui-kit';
import { useState } from 'react';
import { useVersion } from '../../api/catalogue.ts';
import { useChangeInstall } from '../../api/installs.ts';
import type { Grants, Install, Pending, Version } from '../../api/types.ts';
import { ChangesLoaded } from '../../changes/ChangesLoaded.tsx';
import { Loaded } from '../../common/Loaded.tsx';
import { ProblemAlert } from '../../common/ProblemAlert.tsx';
import { countOf } from '../../common/permissions.ts';
import { orExplain, useAct } from '../../common/useAct.ts';
import { useFormat } from '../../common/useFormat.ts';
import { texts } from '../../texts.ts';
import { startDecision, UpgradeDecision } from './UpgradeDecision.tsx';

/** Props of {@link PendingCard}. */
export interface PendingCardProps {
  readonly install: Install;
  readonly pending: Pending;
}

const words = texts.versions;
const NOTHING: Grants = { capabilities: [], egress: [] };

/** An upgrade that waits: what it asks for, and the admin's answer. */
export function PendingCard({ install, pending }: PendingCardProps) {
  const format = useFormat();
  const target = useVersion(install.name, pending.version);
  return (
    <Card
      title={words.pendingTitle(pending.version)}
      description={words.pendingSince(format.moment(pending.since))}
      headingLevel={2}
      className="Waiting"
    >
      <Loaded query={target}>
        {(published) => (
          <ChangesLoaded name={install.name} from={install.version} to={pending.version}>
            <Answer install={install} pending={pending} target={published} />
          </ChangesLoaded>
        )}
      </Loaded>
    </Card>
  );
}

function Answer({ install, pending, target }: PendingCardProps & { readonly target: Version }) {
  const { version, needed = NOTHING, difference } = pending;
  const [decision, setDecision] = useState(() => startDecision(install, needed, target));
  const change = useChangeInstall(install.name);
  const act = useAct();
  if (difference === undefined) return null;
  const isAll = countOf(decision.grants) === countOf(target);

  const consent = () =>
    change.mutateAsync({
      route: '/consent',
      body: {
        version,
        grants: decision.grants,
        ...(difference.configFaults.length === 0 ? {} : { config: decision.config }),
      },
    });

  return (
    <Stack gap={4}>
      <UpgradeDecision
        from={install.version}
        target={target}
        difference={difference}
        needed={needed}
        decision={decision}
        onChange={setDecision}
      />
      {change.error !== null && <ProblemAlert error={change.error} />}
      <FormActions>
        <DialogTrigger>
          <Button isDisabled={change.isPending}>{words.reject}</Button>
          <ConfirmDialog
            title={words.rejectTitle(version)}
            confirmLabel={words.reject}
            onConfirm={() =>
              orExplain(() => change.mutateAsync({ route: '/reject' }), words.rejected(version))
            }
          >
            {words.rejectText}
          </ConfirmDialog>
        </DialogTrigger>
        <Button
          variant="primary"
          isPending={change.isPending}
          onPress={() => void act(consent, words.upgraded(version))}
        >
          {isAll ? words.consent : words.consentPart}
        </Button>
      </FormActions>
    </Stack>
  );
}
