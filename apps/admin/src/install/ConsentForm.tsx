import { Button, ButtonLink, Card, Form, FormActions, Grid, Stack, toast } from '@alga/ui-kit';
import { useState } from 'react';
import { useChangeInstall } from '../api/installs.ts';
import { Problem } from '../api/problem.ts';
import type { Grants, JsonObject, Policy, Version } from '../api/types.ts';
import { DeclaredSecrets } from '../catalogue/AboutVersion.tsx';
import { contextOf } from '../catalogue/contextOf.ts';
import { EverybodySees } from '../common/EverybodySees.tsx';
import { PermissionChoices } from '../common/PermissionChoices.tsx';
import { ProblemAlert } from '../common/ProblemAlert.tsx';
import { countOf } from '../common/permissions.ts';
import { linkTo } from '../routing/route.ts';
import { goTo } from '../routing/useRoute.ts';
import { faultsInDetail } from '../settings/faults.ts';
import { SchemaForm } from '../settings/SchemaForm.tsx';
import { defaultsOf } from '../settings/schema.ts';
import { texts } from '../texts.ts';
import { PolicyChoice } from './PolicyChoice.tsx';

/** The admin's decision on a version that is not installed yet. */
export function ConsentForm({ version }: { readonly version: Version }) {
  const { name, capabilities, egress } = version;
  const schema = version.manifest.config;
  const words = texts.install;
  const asked: Grants = { capabilities, egress };
  const [grants, setGrants] = useState<Grants>(asked);
  const [config, setConfig] = useState<JsonObject>(() => (schema === undefined ? {} : defaultsOf(schema)));
  const [policy, setPolicy] = useState<Policy>('pin');
  const install = useChangeInstall(name);

  const submit = async () => {
    try {
      await install.mutateAsync({
        route: '',
        method: 'PUT',
        body: { version: version.version, grants, config, policy },
      });
    } catch {
      // Told below, by `install.error`.
      return;
    }
    const needsSecrets = version.secrets.some((secret) => secret.required);
    toast.success(
      words.done(version.manifest.displayName),
      needsSecrets ? { description: words.doneSecrets } : {},
    );
    goTo({ page: 'installation', name, tab: needsSecrets ? 'secrets' : 'overview' });
  };

  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Grid minColumnWidth="24rem">
        <Stack gap={4}>
          <Card title={words.permissions} description={words.permissionsDescription} headingLevel={2}>
            <PermissionChoices
              asked={asked}
              grants={grants}
              onChange={setGrants}
              context={contextOf(version)}
            />
          </Card>
          <EverybodySees />
        </Stack>
        <Stack gap={4}>
          {schema !== undefined && (
            <Card title={words.settings} description={words.settingsDescription} headingLevel={2}>
              <SchemaForm
                schema={schema}
                value={config}
                onChange={setConfig}
                faults={install.error instanceof Problem ? faultsInDetail(install.error.message) : {}}
              />
            </Card>
          )}
          {version.secrets.length > 0 && (
            <Card title={words.secrets} description={words.secretsDescription} headingLevel={2}>
              <DeclaredSecrets version={version} />
            </Card>
          )}
          <Card title={words.updates} headingLevel={2}>
            <PolicyChoice value={policy} onChange={setPolicy} />
          </Card>
        </Stack>
      </Grid>
      {install.error !== null && <ProblemAlert error={install.error} />}
      <FormActions>
        <ButtonLink href={linkTo({ page: 'extension', name, version: version.version })}>
          {texts.app.cancel}
        </ButtonLink>
        <Button type="submit" variant="primary" isPending={install.isPending}>
          {submitLabel(countOf(grants), countOf(asked))}
        </Button>
      </FormActions>
    </Form>
  );
}

function submitLabel(allowed: number, asked: number): string {
  if (asked === 0) return texts.install.submit;
  return allowed === asked ? texts.install.submitAll(asked) : texts.install.submitPart(allowed, asked);
}
