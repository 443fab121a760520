import { ChartNoAxesColumn, CircleQuestionMark, Database, Globe, KeyRound, Network } from 'lucide-react';
import type { ReactElement } from 'react';
import { own } from './own.ts';
import type { Permission } from './permissions.ts';

const ICONS: Readonly<Record<string, ReactElement>> = {
  'storage.kv': <Database />,
  'http.fetch': <Network />,
  'secrets.get': <KeyRound />,
  'metrics.emit': <ChartNoAxesColumn />,
};

/** A picture beside a permission; its words say the same. */
export function PermissionIcon({ permission }: { readonly permission: Permission }) {
  return (
    <span className="Permission-icon" aria-hidden="true">
      {permission.kind === 'egress' ? <Globe /> : (own(ICONS, permission.id) ?? <CircleQuestionMark />)}
    </span>
  );
}
