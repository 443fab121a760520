import { ButtonLink, EmptyState } from '@alga/ui-kit';
import { useEffect, useRef } from 'react';
import { CataloguePage } from './catalogue/CataloguePage.tsx';
import { ExtensionPage } from './catalogue/ExtensionPage.tsx';
import { own } from './common/own.ts';
import { Page } from './common/Page.tsx';
import { InstallPage } from './install/InstallPage.tsx';
import { ExecutionPage } from './installs/executions/ExecutionPage.tsx';
import { InstallationPage } from './installs/InstallationPage.tsx';
import { InstalledPage } from './installs/InstalledPage.tsx';
import { OpenPage } from './open/OpenPage.tsx';
import { AuditPage } from './operators/AuditPage.tsx';
import { KeysPage } from './operators/KeysPage.tsx';
import { RevocationPage } from './operators/RevocationPage.tsx';
import { linkTo, type Route } from './routing/route.ts';
import { goTo, useRoute } from './routing/useRoute.ts';
import { useRights } from './session/SessionContext.ts';
import { Shell } from './shell/Shell.tsx';
import { texts } from './texts.ts';

/** The page that the address names, in the shell. */
export function Pages() {
  const route = useRoute();
  const { seesInstalls } = useRights();
  const isHome = location.hash.replace(/^#?\/?/, '') === '';

  // Whoever sees no installs starts in the catalogue.
  useEffect(() => {
    if (isHome && !seesInstalls) goTo({ page: 'catalogue' }, { replace: true });
  }, [isHome, seesInstalls]);
  useScrollToTop(route);

  return (
    <Shell route={route}>
      <PageOf route={route} />
    </Shell>
  );
}

// A new page starts at its top; another tab or filter of the same page does not jump.
function useScrollToTop(route: Route) {
  const place = `${route.page} ${'name' in route ? (route.name ?? '') : ''}`;
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    scrollTo(0, 0);
  }, [place]);
}

function PageOf({ route }: { readonly route: Route }) {
  const { isAdmin, isOperator, isPublisher, seesInstalls } = useRights();
  const needs = (role: string, allowed: boolean, page: React.ReactNode) =>
    allowed ? page : <NotAllowed role={role} />;

  switch (route.page) {
    case 'catalogue':
      return <CataloguePage />;
    case 'extension':
      return <ExtensionPage key={route.name} name={route.name} version={route.version} />;
    case 'install':
      return needs(
        'tenant_admin',
        isAdmin,
        <InstallPage key={route.name} name={route.name} version={route.version} />,
      );
    case 'installed':
      return needs('tenant_user', seesInstalls, <InstalledPage />);
    case 'installation':
      return needs(
        'tenant_user',
        seesInstalls,
        <InstallationPage key={route.name} name={route.name} tab={route.tab} />,
      );
    case 'execution':
      return needs(
        'tenant_admin',
        isAdmin,
        <ExecutionPage name={route.name} executionId={route.executionId} />,
      );
    case 'open':
      return needs(
        'tenant_user',
        seesInstalls,
        <OpenPage key={route.name} name={route.name} path={route.path} />,
      );
    case 'audit':
      return needs(
        'tenant_admin',
        isAdmin || isOperator || isPublisher,
        <AuditPage key={route.target} target={route.target} />,
      );
    case 'keys':
      return needs(
        'operator',
        isOperator || isPublisher,
        <KeysPage key={route.publisher} publisher={route.publisher} />,
      );
    case 'revocation':
      return needs(
        'operator',
        isOperator || isPublisher,
        <RevocationPage key={route.name} name={route.name} />,
      );
    case 'unknown':
      return (
        <Page title={texts.app.notFoundTitle}>
          <EmptyState
            title={texts.app.notFound}
            actions={
              <ButtonLink href={linkTo({ page: 'installed' })}>{texts.app.backToInstalled}</ButtonLink>
            }
          />
        </Page>
      );
  }
}

function NotAllowed({ role }: { readonly role: string }) {
  return (
    <Page title={texts.app.notAllowedTitle}>
      <EmptyState title={texts.app.notAllowed(own(texts.session.roles, role) ?? role)} />
    </Page>
  );
}
