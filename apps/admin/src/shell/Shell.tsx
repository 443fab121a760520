import { AppShell } from '@alga/ui-kit';
import type { ReactNode } from 'react';
import type { Route } from '../routing/route.ts';
import { texts } from '../texts.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Navigation } from './Navigation.tsx';

/** What stands around every page. */
export function Shell({ route, children }: { readonly route: Route; readonly children: ReactNode }) {
  return (
    <AppShell
      sidebar={
        // Its head, the app's name, is outside the kit's navigation landmark.
        <aside className="Shell-sidebar" aria-label={texts.app.name}>
          <Navigation route={route} />
        </aside>
      }
      header={
        <div className="Shell-header">
          <AccountMenu />
        </div>
      }
    >
      {children}
    </AppShell>
  );
}
