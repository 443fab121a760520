import {
  Alert,
  Badge,
  ButtonLink,
  EmptyState,
  Skeleton,
  Stack,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  Text,
} from '@alga/ui-kit';
import { lazy, Suspense } from 'react';
import { useExtension, useVersion } from '../api/catalogue.ts';
import { useInstalls } from '../api/installs.ts';
import type { ExtensionDetails, Version } from '../api/types.ts';
import { EverybodySees } from '../common/EverybodySees.tsx';
import { Loaded } from '../common/Loaded.tsx';
import { Page } from '../common/Page.tsx';
import { linkTo } from '../routing/route.ts';
import { useRights } from '../session/SessionContext.ts';
import { texts } from '../texts.ts';
import { AboutVersion } from './AboutVersion.tsx';
import { AskedPermissions } from './AskedPermissions.tsx';
import { SignaturePanel } from './SignaturePanel.tsx';
import { VersionsTable } from './VersionsTable.tsx';

// What reads Markdown is large, and seldom needed.
const PublisherText = lazy(async () => ({
  default: (await import('./PublisherText.tsx')).PublisherText,
}));

/** Props of {@link ExtensionPage}. */
export interface ExtensionPageProps {
  readonly name: string;
  /** The version that is looked at; the latest unless given. */
  readonly version: string | undefined;
}

const trail = [{ label: texts.catalogue.title, href: linkTo({ page: 'catalogue' }) }];

/** One extension of the catalogue. */
export function ExtensionPage({ name, version }: ExtensionPageProps) {
  const extension = useExtension(name);
  const shown = version ?? latestOf(extension.data);
  const details = useVersion(name, shown);

  return (
    <Page
      title={extension.data?.displayName ?? name}
      description={extension.data && (extension.data.description || texts.catalogue.noDescription)}
      trail={trail}
      badge={shown !== undefined && <Badge>{shown}</Badge>}
      actions={
        extension.data &&
        shown !== undefined && (
          <Actions
            name={name}
            version={shown}
            isWithdrawn={details.data?.yanked != null || details.data?.revoked != null}
          />
        )
      }
    >
      <Loaded query={extension}>
        {(loaded) => (
          <Stack gap={6}>
            {loaded.deprecated !== null && (
              <Alert tone="warning" title={texts.extension.deprecatedTitle}>
                {loaded.deprecated.message}
              </Alert>
            )}
            {details.data?.revoked != null && (
              <Alert tone="danger" title={texts.extension.revokedTitle(details.data.version)}>
                {details.data.revoked.reason}
              </Alert>
            )}
            {details.data?.yanked != null && (
              <Alert tone="warning" title={texts.extension.yankedTitle(details.data.version)}>
                {details.data.yanked.reason}
              </Alert>
            )}
            {shown === undefined ? (
              <EmptyState title={texts.extension.noVersions} />
            ) : (
              <Loaded query={details}>{(one) => <Details extension={loaded} version={one} />}</Loaded>
            )}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function latestOf(extension: ExtensionDetails | undefined): string | undefined {
  if (extension === undefined) return undefined;
  return extension.latestVersion ?? extension.latestPrerelease ?? extension.versions[0]?.version;
}

function Actions({
  name,
  version,
  isWithdrawn,
}: {
  readonly name: string;
  readonly version: string;
  readonly isWithdrawn: boolean;
}) {
  const { isAdmin, seesInstalls } = useRights();
  const installs = useInstalls('installed', seesInstalls);
  if (installs.data?.some((install) => install.name === name)) {
    return (
      <ButtonLink href={linkTo({ page: 'installation', name, tab: 'overview' })}>
        {texts.extension.manage}
      </ButtonLink>
    );
  }
  if (!isAdmin) {
    return seesInstalls ? (
      <Text size="sm" tone="muted">
        {texts.extension.notInstallable}
      </Text>
    ) : null;
  }
  if (isWithdrawn || installs.data === undefined) return null;
  return (
    <ButtonLink variant="primary" href={linkTo({ page: 'install', name, version })}>
      {texts.extension.install}
    </ButtonLink>
  );
}

function Details({
  extension,
  version,
}: {
  readonly extension: ExtensionDetails;
  readonly version: Version;
}) {
  const words = texts.extension.tabs;
  return (
    <Tabs>
      <TabList aria-label={extension.displayName}>
        <Tab id="about">{words.about}</Tab>
        <Tab id="readme">{words.readme}</Tab>
        <Tab id="changelog">{words.changelog}</Tab>
        <Tab id="permissions">{words.permissions}</Tab>
        <Tab id="versions">{words.versions}</Tab>
        <Tab id="signature">{words.signature}</Tab>
      </TabList>
      <TabPanel id="about">
        <AboutVersion version={version} />
      </TabPanel>
      {(['readme', 'changelog'] as const).map((kind) => (
        <TabPanel key={kind} id={kind}>
          <Suspense fallback={<Skeleton shape="box" height="16rem" />}>
            <PublisherText version={version} kind={kind} />
          </Suspense>
        </TabPanel>
      ))}
      <TabPanel id="permissions">
        <Stack gap={4}>
          <AskedPermissions version={version} />
          <EverybodySees />
        </Stack>
      </TabPanel>
      <TabPanel id="versions">
        <VersionsTable extension={extension} shown={version.version} />
      </TabPanel>
      <TabPanel id="signature">
        <SignaturePanel version={version} />
      </TabPanel>
    </Tabs>
  );
}
