import { Button, Card, FormActions, Grid, Stack, Text } from '@alga/ui-kit';
import { useState } from 'react';
import { useChangeInstall } from '../../api/installs.ts';
import { contextOf } from '../../catalogue/contextOf.ts';
import { EverybodySees } from '../../common/EverybodySees.tsx';
import { PermissionChoices } from '../../common/PermissionChoices.tsx';
import { PermissionList } from '../../common/PermissionList.tsx';
import { countOf, without } from '../../common/permissions.ts';
import { useAct } from '../../common/useAct.ts';
import { useRights } from '../../session/SessionContext.ts';
import { texts } from '../../texts.ts';
import type { TabProps } from '../InstallationPage.tsx';
import { WhoAllowed } from './WhoAllowed.tsx';

/** What the extension may do; admins change it here. */
export function AccessTab({ install, version }: TabProps) {
  const { isAdmin } = useRights();
  const words = texts.access;
  return (
    <Grid minColumnWidth="24rem">
      <Card title={words.title} description={words.description} headingLevel={2}>
        {isAdmin ? (
          // What another admin saved meanwhile is what is edited from then on.
          <AccessEditor key={install.revision} install={install} version={version} />
        ) : (
          <PermissionList asked={install.requested} grants={install.grants} context={contextOf(version)} />
        )}
      </Card>
      <Stack gap={4}>
        <EverybodySees />
        {isAdmin && <WhoAllowed install={install} />}
      </Stack>
    </Grid>
  );
}

function AccessEditor({ install, version }: TabProps) {
  const [grants, setGrants] = useState(install.grants);
  const change = useChangeInstall(install.name);
  const act = useAct();
  const words = texts.access;
  const added = countOf(without(grants, install.grants));
  const removed = countOf(without(install.grants, grants));
  const isChanged = added + removed > 0;
  return (
    <Stack gap={4}>
      <PermissionChoices
        asked={install.requested}
        grants={grants}
        onChange={setGrants}
        context={contextOf(version)}
        isDisabled={change.isPending}
      />
      <Text as="div" size="sm" tone="muted">
        <span role="status">{isChanged ? words.changed(added, removed) : ''}</span>
      </Text>
      <FormActions>
        <Button
          isDisabled={!isChanged || change.isPending}
          onPress={() => {
            setGrants(install.grants);
          }}
        >
          {texts.app.reset}
        </Button>
        <Button
          variant="primary"
          isDisabled={!isChanged}
          isPending={change.isPending}
          onPress={() =>
            void act(() => change.mutateAsync({ route: '/grants', method: 'PUT', body: grants }), words.saved)
          }
        >
          {words.save}
        </Button>
      </FormActions>
    </Stack>
  );
}
