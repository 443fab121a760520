import { Badge, ButtonLink, Stack, Tab, TabList, TabPanel, Tabs } from '@alga/ui-kit';
import { useVersion } from '../api/catalogue.ts';
import { useInstall } from '../api/installs.ts';
import type { Install, Version } from '../api/types.ts';
import { Loaded } from '../common/Loaded.tsx';
import { Page } from '../common/Page.tsx';
import { SelectedInView } from '../common/SelectedInView.tsx';
import { INSTALL_TABS, linkTo, type InstallTab } from '../routing/route.ts';
import { useRights } from '../session/SessionContext.ts';
import { texts } from '../texts.ts';
import { AccessTab } from './access/AccessTab.tsx';
import { DangerTab } from './danger/DangerTab.tsx';
import { EventsTab } from './events/EventsTab.tsx';
import { ExecutionsTab } from './executions/ExecutionsTab.tsx';
import { OverviewTab } from './overview/OverviewTab.tsx';
import { SchedulesTab } from './schedules/SchedulesTab.tsx';
import { SecretsTab } from './secrets/SecretsTab.tsx';
import { SettingsTab } from './settings/SettingsTab.tsx';
import { UsageTab } from './usage/UsageTab.tsx';
import { VersionsTab } from './versions/VersionsTab.tsx';

/** What each tab gets: the install, and what is published of the version that runs. */
export interface TabProps {
  readonly install: Install;
  readonly version: Version;
}

const TABS: Readonly<Record<InstallTab, (props: TabProps) => React.ReactNode>> = {
  overview: OverviewTab,
  configuration: SettingsTab,
  secrets: SecretsTab,
  permissions: AccessTab,
  versions: VersionsTab,
  executions: ExecutionsTab,
  events: EventsTab,
  schedules: SchedulesTab,
  usage: UsageTab,
  danger: DangerTab,
};

// The others are for admins only, at the registry too.
const USER_TABS: readonly InstallTab[] = ['overview', 'permissions'];

/** One installed extension. */
export function InstallationPage({ name, tab }: { readonly name: string; readonly tab: InstallTab }) {
  const { isAdmin } = useRights();
  const query = useInstall(name);
  const install = query.data?.install;
  const version = useVersion(name, install?.version);
  const tabs = INSTALL_TABS.filter((one) => isAdmin || USER_TABS.includes(one));
  const shown = tabs.includes(tab) ? tab : 'overview';
  const View = TABS[shown];

  return (
    <Page
      title={version.data?.manifest.displayName ?? name}
      trail={[{ label: texts.installed.title, href: linkTo({ page: 'installed' }) }]}
      badge={install && <StatusBadges install={install} />}
      actions={
        <>
          <ButtonLink href={linkTo({ page: 'extension', name })}>{texts.installation.inCatalogue}</ButtonLink>
          {install?.status === 'enabled' && version.data?.ui != null && (
            <ButtonLink
              variant="primary"
              href={linkTo({ page: 'open', name, path: version.data.ui.hooks['appMenu']?.path ?? '/' })}
            >
              {texts.installation.open}
            </ButtonLink>
          )}
        </>
      }
    >
      <Loaded query={query}>
        {(loaded) => (
          <Tabs selectedKey={shown}>
            <SelectedInView selected={shown}>
              <TabList aria-label={texts.installation.tabsLabel}>
                {tabs.map((one) => (
                  <Tab
                    key={one}
                    id={one}
                    href={linkTo({ page: 'installation', name, tab: one })}
                    {...(one === 'versions' && loaded.install.pending !== null ? { badge: 1 } : {})}
                  >
                    {texts.installation.tabs[one]}
                  </Tab>
                ))}
              </TabList>
            </SelectedInView>
            <TabPanel key={shown} id={shown}>
              <Loaded query={version}>
                {(published) => <View key={shown} install={loaded.install} version={published} />}
              </Loaded>
            </TabPanel>
          </Tabs>
        )}
      </Loaded>
    </Page>
  );
}

function StatusBadges({ install }: { readonly install: Install }) {
  const isEnabled = install.status === 'enabled';
  return (
    <Stack direction="row" gap={2}>
      <Badge>{install.version}</Badge>
      <Badge tone={isEnabled ? 'success' : 'neutral'} hasDot>
        {isEnabled ? texts.installed.enabled : texts.installed.disabled}
      </Badge>
    </Stack>
  );
}
