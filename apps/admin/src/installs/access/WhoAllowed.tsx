import { ButtonLink, Card, Text } from '@alga/ui-kit';
import { useAudit } from '../../api/operators.ts';
import type { AuditEntry, Install } from '../../api/types.ts';
import { readActor } from '../../common/actor.ts';
import { Loaded } from '../../common/Loaded.tsx';
import { PermissionIcon } from '../../common/PermissionIcon.tsx';
import { describeAll, isGranted, type Permission } from '../../common/permissions.ts';
import { useFormat } from '../../common/useFormat.ts';
import { linkTo } from '../../routing/route.ts';
import { texts } from '../../texts.ts';
import { originOf } from './grantOrigins.ts';

const words = texts.access;
const MOST_ENTRIES = 200;

/** Of each permission, who allowed it or took it away, and when. */
export function WhoAllowed({ install }: { readonly install: Install }) {
  const audit = useAudit('tenant', { target: install.name, action: 'install' }, undefined, MOST_ENTRIES);
  return (
    <Card
      title={words.who}
      description={words.whoText}
      headingLevel={2}
      actions={
        <ButtonLink size="sm" href={linkTo({ page: 'audit', target: install.name })}>
          {words.seeAudit}
        </ButtonLink>
      }
    >
      <Loaded query={audit}>
        {({ items, nextCursor }) => (
          <ul className="Permissions">
            {describeAll(install.requested).map((permission) => (
              <li key={permission.kind + permission.id} className="Permission">
                <PermissionIcon permission={permission} />
                <div className="Permission-words">
                  <span className="Permission-title">{permission.title}</span>
                  <Origin
                    permission={permission}
                    install={install}
                    entries={items}
                    isWhole={nextCursor === null}
                  />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

interface OriginProps {
  readonly permission: Permission;
  readonly install: Install;
  readonly entries: readonly AuditEntry[];
  /** Whether the log holds no older entries than these. */
  readonly isWhole: boolean;
}

function Origin({ permission, install, entries, isWhole }: OriginProps) {
  const format = useFormat();
  const origin = originOf(entries, permission);
  const isAllowed = isGranted(install.grants, permission);
  const say = isAllowed ? words.allowedBy : words.deniedBy;
  return (
    <Text as="span" size="sm" tone="muted">
      {origin !== undefined
        ? say(readActor(origin.actor).name, format.moment(origin.at))
        : isAllowed || !isWhole
          ? words.older
          : words.neverAllowed}
    </Text>
  );
}
