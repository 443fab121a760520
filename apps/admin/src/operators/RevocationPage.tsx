import { Badge, Button, DialogTrigger, EmptyState, Stack } from '@alga/ui-kit';
import { OctagonX } from 'lucide-react';
import { useExtension } from '../api/catalogue.ts';
import type { ExtensionDetails } from '../api/types.ts';
import { readActor } from '../common/actor.ts';
import { Loaded } from '../common/Loaded.tsx';
import { Page } from '../common/Page.tsx';
import { When } from '../common/When.tsx';
import { goTo } from '../routing/useRoute.ts';
import { useRights } from '../session/SessionContext.ts';
import { texts } from '../texts.ts';
import { NameForm } from './NameForm.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';

const words = texts.revocation;

/** Stops versions everywhere, and takes that back. */
export function RevocationPage({ name }: { readonly name: string | undefined }) {
  return (
    <Page title={words.title} description={words.description}>
      <Stack gap={4}>
        <NameForm
          label={words.name}
          action={words.find}
          value={name ?? ''}
          onSubmit={(found) => {
            goTo({ page: 'revocation', name: found });
          }}
        />
        {name === undefined ? (
          <EmptyState icon={<OctagonX />} title={words.choose} />
        ) : (
          <Versions name={name} />
        )}
      </Stack>
    </Page>
  );
}

function Versions({ name }: { readonly name: string }) {
  const extension = useExtension(name);
  return (
    <Loaded query={extension}>
      {(loaded) =>
        loaded.versions.length === 0 ? (
          <EmptyState icon={<OctagonX />} title={words.noVersions} />
        ) : (
          <VersionRows extension={loaded} />
        )
      }
    </Loaded>
  );
}

function VersionRows({ extension }: { readonly extension: ExtensionDetails }) {
  const { isOperator } = useRights();
  const { name } = extension;
  return (
    <ul className="Rows">
      {extension.versions.map(({ version, publishedAt, publishedBy, yanked, revoked }) => (
        <li key={version} className="Row">
          <div className="Row-words">
            <span className="Row-title">{version}</span>
            <span className="Row-text">
              {readActor(publishedBy).name} · <When at={publishedAt} isExact />
            </span>
            {revoked !== null && <span className="Row-text">{revoked.reason}</span>}
          </div>
          <div className="Row-badges">
            {revoked !== null && <Badge tone="danger">{texts.extension.revoked}</Badge>}
            {yanked !== null && <Badge tone="warning">{texts.extension.yanked}</Badge>}
            {version === extension.latestVersion && <Badge tone="accent">{texts.extension.latest}</Badge>}
          </div>
          <div className="Row-actions">
            {revoked === null ? (
              <DialogTrigger>
                <Button size="sm" variant="danger" aria-label={words.revokeNamed(version)}>
                  {words.revoke}
                </Button>
                <ReasonDialog name={name} version={version} action="revoke" />
              </DialogTrigger>
            ) : (
              isOperator && (
                <DialogTrigger>
                  <Button size="sm" aria-label={words.restoreNamed(version)}>
                    {words.restore}
                  </Button>
                  <ReasonDialog name={name} version={version} action="restore" />
                </DialogTrigger>
              )
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
