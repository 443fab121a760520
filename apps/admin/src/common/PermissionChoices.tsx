import { Alert, Badge, Switch, Text } from '@alga/ui-kit';
import type { Grants } from '../api/types.ts';
import { texts } from '../texts.ts';
import { PermissionIcon } from './PermissionIcon.tsx';
import { describeAll, isGranted, withGrant, type PermissionContext } from './permissions.ts';

/** Props of {@link PermissionChoices}. */
export interface PermissionChoicesProps {
  readonly asked: Grants;
  readonly grants: Grants;
  readonly onChange: (grants: Grants) => void;
  readonly context?: PermissionContext;
  /** Marked as new. */
  readonly added?: Grants;
  readonly isDisabled?: boolean;
}

/** What an extension asks for, each with a switch, and what will not work without those that are off. */
export function PermissionChoices(props: PermissionChoicesProps) {
  const { asked, grants, onChange, context, added, isDisabled = false } = props;
  const permissions = describeAll(asked, context);
  const canFetch = grants.capabilities.includes('http.fetch');
  const denied = permissions.filter((one) => !isGranted(grants, one));
  if (permissions.length === 0) return <Text tone="muted">{texts.permissions.nothingAsked}</Text>;
  return (
    <>
      <ul className="Permissions">
        {permissions.map((permission) => (
          <li key={permission.kind + permission.id} className="Permission">
            <PermissionIcon permission={permission} />
            <div className="Permission-words">
              <span className="Permission-title">
                {permission.title}
                {added !== undefined && isGranted(added, permission) && (
                  <Badge tone="accent">{texts.versions.isNew}</Badge>
                )}
              </span>
              <span className="Permission-text">{permission.text}</span>
              {permission.kind === 'egress' && !canFetch && (
                <span className="Permission-text">{texts.permissions.egress.needsFetch}</span>
              )}
              <code className="Permission-id">{permission.id}</code>
            </div>
            <Switch
              aria-label={texts.permissions.allow(permission.title)}
              isSelected={isGranted(grants, permission)}
              isDisabled={isDisabled}
              onChange={(allowed) => {
                onChange(withGrant(grants, permission, allowed));
              }}
            />
          </li>
        ))}
      </ul>
      {denied.length > 0 ? (
        <Alert tone="warning" title={texts.permissions.deniedTitle}>
          <ul className="PlainList">
            {denied.map((permission) => (
              <li key={permission.kind + permission.id}>{permission.without}</li>
            ))}
          </ul>
        </Alert>
      ) : (
        <Text tone="muted" size="sm">
          {texts.permissions.partial}
        </Text>
      )}
    </>
  );
}
