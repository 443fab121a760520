import { Card } from '@alga/ui-kit';
import type { Version } from '../api/types.ts';
import { PermissionList } from '../common/PermissionList.tsx';
import { texts } from '../texts.ts';
import { contextOf } from './contextOf.ts';

/** What a version asks for. */
export function AskedPermissions({ version }: { readonly version: Version }) {
  return (
    <Card title={texts.install.permissions} headingLevel={2}>
      <PermissionList asked={version} context={contextOf(version)} />
    </Card>
  );
}
