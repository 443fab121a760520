import { Button, Drawer, Form, NumberInput, Radio, RadioGroup, Stack, toast } from '@alga/ui-kit';
import { useId, useState } from 'react';
import { useVersion } from '../../api/catalogue.ts';
import { useChangeInstall, usePreview } from '../../api/installs.ts';
import type { Install, UpgradePreview, Version } from '../../api/types.ts';
import { ChangesLoaded } from '../../changes/ChangesLoaded.tsx';
import { useChangesLoaded } from '../../changes/useChangesLoaded.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { ProblemAlert } from '../../common/ProblemAlert.tsx';
import { texts } from '../../texts.ts';
import { startDecision, UpgradeDecision } from './UpgradeDecision.tsx';

/** Props of {@link UpgradeDrawer}. */
export interface UpgradeDrawerProps {
  readonly install: Install;
  readonly to: string;
  readonly onClose: () => void;
}

const words = texts.versions;

/** Shows what an upgrade changes, and upgrades with what the admin allows: everybody, or a share of the users. */
export function UpgradeDrawer({ install, to, onClose }: UpgradeDrawerProps) {
  const preview = usePreview(install.name, to);
  const target = useVersion(install.name, to);
  const areChangesLoaded = useChangesLoaded(install.name, install.version, to);
  const formId = useId();
  const [percent, setPercent] = useState<number>();
  const change = useChangeInstall(install.name);

  // By its promise: once the version runs there may be no newer one, and this drawer is gone before a callback of the mutation.
  const upgrade = (body: object) => {
    change.mutateAsync({ route: '/upgrade', body }).then(
      () => {
        onClose();
        toast.success(percent === undefined ? words.upgraded(to) : words.started(to));
      },
      // Shown below the form.
      () => undefined,
    );
  };

  return (
    <Drawer
      isOpen
      size="lg"
      title={words.upgradeTitle(install.version, to)}
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{texts.app.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isDisabled={preview.data === undefined || !areChangesLoaded}
            isPending={change.isPending}
          >
            {percent === undefined ? words.upgrade : words.upgradeShare(percent)}
          </Button>
        </>
      }
    >
      <Stack gap={4}>
        <Loaded query={preview}>
          {(previewed) => (
            <Loaded query={target}>
              {(published) => (
                <ChangesLoaded name={install.name} from={install.version} to={to}>
                  <UpgradeForm
                    id={formId}
                    install={install}
                    preview={previewed}
                    target={published}
                    percent={percent}
                    onPercent={setPercent}
                    onSubmit={upgrade}
                  />
                </ChangesLoaded>
              )}
            </Loaded>
          )}
        </Loaded>
        {change.error !== null && <ProblemAlert error={change.error} />}
      </Stack>
    </Drawer>
  );
}

interface UpgradeFormProps {
  readonly id: string;
  readonly install: Install;
  readonly preview: UpgradePreview;
  readonly target: Version;
  readonly percent: number | undefined;
  readonly onPercent: (percent: number | undefined) => void;
  readonly onSubmit: (body: object) => void;
}

function UpgradeForm({ id, install, preview, target, percent, onPercent, onSubmit }: UpgradeFormProps) {
  const [decision, setDecision] = useState(() => startDecision(install, preview.needed, target));
  const fits = preview.difference.configFaults.length === 0;
  return (
    <Form
      id={id}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({
          version: preview.to,
          grants: decision.grants,
          ...(fits ? {} : { config: decision.config }),
          ...(percent === undefined ? {} : { percent }),
        });
      }}
    >
      <UpgradeDecision
        from={install.version}
        target={target}
        difference={preview.difference}
        needed={preview.needed}
        decision={decision}
        onChange={setDecision}
      />
      <RadioGroup
        label={words.who_gets}
        value={percent === undefined ? 'all' : 'share'}
        onChange={(who) => {
          onPercent(who === 'all' ? undefined : 10);
        }}
      >
        <Radio value="all">{words.everybody}</Radio>
        <Radio value="share" description={words.shareText}>
          {words.share}
        </Radio>
      </RadioGroup>
      {percent !== undefined && (
        <NumberInput
          label={words.percent}
          minValue={0}
          maxValue={100}
          value={percent}
          onChange={(changed) => {
            onPercent(Number.isNaN(changed) ? 0 : changed);
          }}
        />
      )}
    </Form>
  );
}
