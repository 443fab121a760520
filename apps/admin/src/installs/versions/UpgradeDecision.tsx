import { Alert, Heading, Stack, Text } from '@alga/ui-kit';
import type { Grants, Install, JsonObject, UpgradeDifference, Version } from '../../api/types.ts';
import { contextOf } from '../../catalogue/contextOf.ts';
import { VersionChanges } from '../../changes/VersionChanges.tsx';
import { PermissionChoices } from '../../common/PermissionChoices.tsx';
import { readFaults } from '../../settings/faults.ts';
import { SchemaForm } from '../../settings/SchemaForm.tsx';
import { texts } from '../../texts.ts';

/** What an admin decides on for an upgrade. */
export interface Decision {
  readonly grants: Grants;
  readonly config: JsonObject;
}

/** Props of {@link UpgradeDecision}. */
export interface UpgradeDecisionProps {
  /** The version that runs. */
  readonly from: string;
  readonly target: Version;
  readonly difference: UpgradeDifference;
  /** What is new and wants an answer. */
  readonly needed: Grants;
  readonly decision: Decision;
  readonly onChange: (decision: Decision) => void;
}

const words = texts.versions;

/** The decision to start from: what was allowed, and what is new. The admin sees each and may switch it off. */
export function startDecision(install: Install, needed: Grants, target: Grants): Decision {
  const both = (held: readonly string[], added: readonly string[], asked: readonly string[]) =>
    asked.filter((one) => held.includes(one) || added.includes(one));
  return {
    grants: {
      capabilities: both(install.grants.capabilities, needed.capabilities, target.capabilities),
      egress: both(install.grants.egress, needed.egress, target.egress),
    },
    config: install.config ?? {},
  };
}

/** What changes, what is allowed, and settings where they no longer fit. */
export function UpgradeDecision({
  from,
  target,
  difference,
  needed,
  decision,
  onChange,
}: UpgradeDecisionProps) {
  const { grants, config } = decision;
  const schema = target.manifest.config;
  return (
    <Stack gap={5}>
      <VersionChanges name={target.name} from={from} to={target.version} />
      <Stack gap={3}>
        <Heading level={3} size="md">
          {words.decide}
        </Heading>
        <Text size="sm" tone="muted">
          {words.decideText}
        </Text>
        <PermissionChoices
          asked={target}
          grants={grants}
          added={needed}
          context={contextOf(target)}
          onChange={(changed) => {
            onChange({ grants: changed, config });
          }}
        />
      </Stack>
      {difference.configFaults.length > 0 && schema !== undefined && (
        <Stack gap={3}>
          <Alert tone="warning" title={words.configFaults}>
            {words.configFaultsText}
          </Alert>
          <SchemaForm
            schema={schema}
            value={config}
            faults={readFaults(difference.configFaults)}
            onChange={(changed) => {
              onChange({ grants, config: changed });
            }}
          />
        </Stack>
      )}
    </Stack>
  );
}
