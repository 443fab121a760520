import { Alert, ButtonLink, EmptyState } from '@alga/ui-kit';
import { useVersion } from '../api/catalogue.ts';
import { useInstalls } from '../api/installs.ts';
import { Loaded } from '../common/Loaded.tsx';
import { Page } from '../common/Page.tsx';
import { linkTo } from '../routing/route.ts';
import { texts } from '../texts.ts';
import { ConsentForm } from './ConsentForm.tsx';

/** Shows what a version asks for, and installs it with what the admin allows. */
export function InstallPage({ name, version }: { readonly name: string; readonly version: string }) {
  const details = useVersion(name, version);
  const isInstalled = useInstalls().data?.some((install) => install.name === name) === true;
  const title = details.data?.manifest.displayName ?? name;

  return (
    <Page
      title={texts.install.title(title)}
      {...(details.data === undefined
        ? {}
        : { description: texts.install.description(version, details.data.publisher) })}
      trail={[
        { label: texts.catalogue.title, href: linkTo({ page: 'catalogue' }) },
        { label: title, href: linkTo({ page: 'extension', name }) },
      ]}
    >
      {isInstalled ? (
        <EmptyState
          title={texts.install.already}
          actions={
            <ButtonLink href={linkTo({ page: 'installation', name, tab: 'overview' })}>
              {texts.install.alreadyAction}
            </ButtonLink>
          }
        />
      ) : (
        <Loaded query={details}>
          {(loaded) => (
            <>
              {loaded.deprecated !== null && (
                <Alert tone="warning" title={texts.extension.deprecatedTitle}>
                  {loaded.deprecated.message}
                </Alert>
              )}
              {loaded.revoked !== null ? (
                <Alert tone="danger" title={texts.extension.revokedTitle(version)}>
                  {loaded.revoked.reason}
                </Alert>
              ) : loaded.yanked === null ? (
                <ConsentForm version={loaded} />
              ) : (
                <Alert tone="danger" title={texts.extension.yankedTitle(version)}>
                  {loaded.yanked.reason}
                </Alert>
              )}
            </>
          )}
        </Loaded>
      )}
    </Page>
  );
}
