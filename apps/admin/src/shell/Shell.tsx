import { AppShell } from '@alga/ui-kit';
import type { ReactNode } from 'react';
import type { Route } from '../routing/route.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Navigation } from './Navigation.tsx';

/** What stands around every page. */
export function Shell({ route, children }: { readonly route: Route; readonly children: ReactNode }) {
  return (
    <AppShell
      sidebar={<Navigation route={route} />}
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
