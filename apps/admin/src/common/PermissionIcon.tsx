import { ChartNoAxesColumn, CircleQuestionMark, Database, Globe, KeyRound, Network } from 'lucide-react';
import type { Permission } from './permissions.ts';
import { own } from './own.ts';

const ICONS: Readonly<Record<string, typeof Database>> = {
  'storage.kv': Database,
  'http.fetch': Network,
  'secrets.get': KeyRound,
  'metrics.emit': ChartNoAxesColumn,
};

/** A picture beside a permission; its words say the same. */
export function PermissionIcon({ permission }: { readonly permission: Permission }) {
  const Icon = permission.kind === 'egress' ? Globe : (own(ICONS, permission.id) ?? CircleQuestionMark);
  return (
    <span className="Permission-icon" aria-hidden="true">
      <Icon />
    </span>
  );
}
