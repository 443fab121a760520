import { Badge, Text } from '@alga/ui-kit';
import type { Grants } from '../api/types.ts';
import { texts } from '../texts.ts';
import { PermissionIcon } from './PermissionIcon.tsx';
import { describeAll, isGranted, type PermissionContext } from './permissions.ts';

/** Props of {@link PermissionList}. */
export interface PermissionListProps {
  readonly asked: Grants;
  readonly context?: PermissionContext;
  /** Says of each whether it is allowed. */
  readonly grants?: Grants;
}

/** What an extension asks for, in plain words, to read. */
export function PermissionList({ asked, context, grants }: PermissionListProps) {
  const permissions = describeAll(asked, context);
  if (permissions.length === 0) return <Text tone="muted">{texts.permissions.nothingAsked}</Text>;
  return (
    <ul className="Permissions">
      {permissions.map((permission) => (
        <li key={permission.kind + permission.id} className="Permission">
          <PermissionIcon permission={permission} />
          <div className="Permission-words">
            <span className="Permission-title">{permission.title}</span>
            <span className="Permission-text">{permission.text}</span>
            <code className="Permission-id">{permission.id}</code>
          </div>
          {grants !== undefined &&
            (isGranted(grants, permission) ? (
              <Badge tone="success">{texts.permissions.allowed}</Badge>
            ) : (
              <Badge tone="warning">{texts.permissions.denied}</Badge>
            ))}
        </li>
      ))}
    </ul>
  );
}
