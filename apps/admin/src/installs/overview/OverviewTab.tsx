import { Card, Grid, KeyValueList, Stack } from '@alga/ui-kit';
import { contextOf } from '../../catalogue/contextOf.ts';
import { Hash } from '../../common/Hash.tsx';
import { PermissionList } from '../../common/PermissionList.tsx';
import { When } from '../../common/When.tsx';
import { useRights } from '../../session/SessionContext.ts';
import { texts } from '../../texts.ts';
import type { TabProps } from '../InstallationPage.tsx';
import { Attention } from './Attention.tsx';
import { RecentErrors } from './RecentErrors.tsx';
import { RecentUsage } from './RecentUsage.tsx';

/** How the extension is, what waits for an admin, and what it may do. */
export function OverviewTab({ install, version }: TabProps) {
  const { isAdmin } = useRights();
  const words = texts.installation.fact;
  return (
    <Stack gap={4}>
      <Attention install={install} version={version} />
      {isAdmin && <RecentUsage name={install.name} />}
      <Grid minColumnWidth="24rem">
        <Card title={texts.installation.whatItMayDo} headingLevel={2}>
          <PermissionList asked={install.requested} grants={install.grants} context={contextOf(version)} />
        </Card>
        <Stack gap={4}>
          <Card title={texts.installation.facts} headingLevel={2}>
            <KeyValueList
              items={[
                { label: words.version, value: install.version },
                { label: words.publisher, value: version.publisher },
                { label: words.policy, value: texts.policy[install.policy] },
                { label: words.installed, value: <When at={install.installedAt} isExact /> },
                { label: words.changed, value: <When at={install.updatedAt} /> },
                { label: words.id, value: <Hash value={install.installId} /> },
                { label: words.hash, value: <Hash value={install.contentHash} /> },
              ]}
            />
          </Card>
          {isAdmin && <RecentErrors name={install.name} />}
        </Stack>
      </Grid>
    </Stack>
  );
}
