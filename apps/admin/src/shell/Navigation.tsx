import { Badge, Sidebar, SidebarItem, SidebarSection } from '@alga/ui-kit';
import { AppWindow, Blocks, KeyRound, LibraryBig, OctagonX, Puzzle, ScrollText } from 'lucide-react';
import { useInstalls } from '../api/installs.ts';
import { useInstalledVersions } from '../installs/useInstalledVersions.ts';
import { linkTo, type Route } from '../routing/route.ts';
import { useRights } from '../session/SessionContext.ts';
import { texts } from '../texts.ts';

/** The pages that the signed-in person may see, and the menu entries of installed extensions. */
export function Navigation({ route }: { readonly route: Route }) {
  const rights = useRights();
  const installs = useInstalls('installed', rights.seesInstalls).data ?? [];
  const waiting = rights.isAdmin ? installs.filter((one) => one.pending !== null).length : 0;
  const isInstalled = ['installed', 'installation', 'execution'].includes(route.page);

  return (
    <Sidebar
      header={
        <span className="Brand">
          <span className="Mark" aria-hidden="true">
            <Blocks />
          </span>
          {texts.app.name}
        </span>
      }
    >
      <SidebarSection {...(rights.seesInstalls ? { title: texts.nav.tenant } : {})}>
        {rights.seesInstalls && (
          <SidebarItem
            href={linkTo({ page: 'installed' })}
            icon={<Puzzle aria-hidden="true" />}
            isCurrent={isInstalled}
            {...(waiting > 0 ? { badge: <Badge tone="warning">{waiting}</Badge> } : {})}
          >
            {texts.nav.installed}
          </SidebarItem>
        )}
        <SidebarItem
          href={linkTo({ page: 'catalogue' })}
          icon={<LibraryBig aria-hidden="true" />}
          isCurrent={['catalogue', 'extension', 'install'].includes(route.page)}
        >
          {texts.nav.catalogue}
        </SidebarItem>
      </SidebarSection>
      {rights.seesInstalls && <Apps route={route} />}
      {(rights.isAdmin || rights.isOperator || rights.isPublisher) && (
        <SidebarSection title={texts.nav.oversight}>
          <SidebarItem
            href={linkTo({ page: 'audit' })}
            icon={<ScrollText aria-hidden="true" />}
            isCurrent={route.page === 'audit'}
          >
            {texts.nav.audit}
          </SidebarItem>
          {(rights.isOperator || rights.isPublisher) && (
            <>
              <SidebarItem
                href={linkTo({ page: 'keys' })}
                icon={<KeyRound aria-hidden="true" />}
                isCurrent={route.page === 'keys'}
              >
                {texts.nav.keys}
              </SidebarItem>
              <SidebarItem
                href={linkTo({ page: 'revocation' })}
                icon={<OctagonX aria-hidden="true" />}
                isCurrent={route.page === 'revocation'}
              >
                {texts.nav.revocation}
              </SidebarItem>
            </>
          )}
        </SidebarSection>
      )}
    </Sidebar>
  );
}

// Entries that versions declare as `ui.hooks.appMenu`.
function Apps({ route }: { readonly route: Route }) {
  const installs = useInstalls().data ?? [];
  const versions = useInstalledVersions(installs);
  const entries = installs.flatMap((install) => {
    const hook = versions.get(install.name)?.ui?.hooks['appMenu'];
    return install.status === 'enabled' && hook !== undefined ? [{ name: install.name, hook }] : [];
  });
  if (entries.length === 0) return null;
  return (
    <SidebarSection title={texts.nav.apps}>
      {entries.map(({ name, hook }) => (
        <SidebarItem
          key={name}
          href={linkTo({ page: 'open', name, path: hook.path ?? '/' })}
          icon={<AppWindow aria-hidden="true" />}
          isCurrent={route.page === 'open' && route.name === name}
        >
          {hook.label}
        </SidebarItem>
      ))}
    </SidebarSection>
  );
}
