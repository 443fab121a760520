import { createContext, useContext } from 'react';
import type { AdminConfig } from '../config.ts';
import type { Session } from './session.ts';

export const SessionContext = createContext<(Session & { readonly config: AdminConfig }) | null>(null);

/** Who is signed in, and where. */
export function useSession(): Session & { readonly config: AdminConfig } {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('There is no SessionContext above.');
  return session;
}

/** What the signed-in person is offered. */
export function useRights() {
  const { person } = useSession();
  const inTenant = person.tenantId !== undefined;
  const isAdmin = inTenant && person.roles.includes('tenant_admin');
  const isOperator = person.roles.includes('operator');
  return {
    isAdmin,
    isOperator,
    seesInstalls: isAdmin || (inTenant && person.roles.includes('tenant_user')),
    isPublisher: person.publishers.length > 0,
    publishers: person.publishers,
  };
}
