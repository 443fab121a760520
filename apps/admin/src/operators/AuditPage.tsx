import {
  Button,
  DataTable,
  EmptyState,
  Input,
  SegmentedControl,
  Stack,
  type DataTableColumn,
} from '@alga/ui-kit';
import { ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAudit } from '../api/operators.ts';
import type { AuditEntry } from '../api/types.ts';
import { readActor } from '../common/actor.ts';
import { FilterSelect } from '../common/FilterSelect.tsx';
import { Page } from '../common/Page.tsx';
import { ProblemAlert } from '../common/ProblemAlert.tsx';
import { useCursor } from '../common/useCursor.ts';
import { When } from '../common/When.tsx';
import { useRights } from '../session/SessionContext.ts';
import { texts } from '../texts.ts';
import { AuditDrawer } from './AuditDrawer.tsx';

const words = texts.audit;
const getRowId = (row: AuditEntry) => row.id;
const GROUPS = Object.entries(words.groups).map(([id, label]) => ({ id, label }));
const NAME = /^[a-z0-9.-]+(@[0-9A-Za-z.+-]+)?$/;
const TENANT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who changed what: in the tenant, or in the registry. */
export function AuditPage({ target: initialTarget = '' }: { readonly target: string | undefined }) {
  const { isAdmin, isOperator, isPublisher } = useRights();
  const [scope, setScope] = useState<'tenant' | 'registry'>(isAdmin ? 'tenant' : 'registry');
  const [target, setTarget] = useState(initialTarget);
  const [action, setAction] = useState('');
  const [tenant, setTenant] = useState('');
  const [opened, setOpened] = useState<AuditEntry>();
  // What is only half typed would be refused.
  const filter = {
    target: NAME.test(target.trim()) ? target.trim() : '',
    action,
    ...(scope === 'registry' && TENANT.test(tenant.trim()) ? { tenant: tenant.trim() } : {}),
  };
  const { cursor, paging } = useCursor(JSON.stringify([scope, filter]));
  const page = useAudit(scope, filter, cursor);
  const isFiltered = filter.target !== '' || action !== '';
  const hasScopes = isAdmin && (isOperator || isPublisher);

  const columns = useMemo<DataTableColumn<AuditEntry>[]>(
    () => [
      {
        id: 'what',
        header: words.columns.what,
        // Both in one: on a phone a column of its own for the latter would be out of sight.
        cell: (row) => (
          <span className="TwoLines">
            <code>{row.action}</code>
            <span>{row.target}</span>
          </span>
        ),
      },
      { id: 'who', header: words.columns.who, cell: (row) => readActor(row.actor).name },
      { id: 'when', header: words.columns.when, cell: (row) => <When at={row.at} isExact /> },
    ],
    [],
  );

  return (
    <Page title={words.title} description={words.description}>
      <Stack gap={4}>
        {hasScopes && (
          <SegmentedControl
            label={words.scope}
            segments={[
              { id: 'tenant', label: words.tenantScope },
              { id: 'registry', label: words.registryScope },
            ]}
            value={scope}
            onChange={setScope}
          />
        )}
        <div className="Filters" role="group" aria-label={texts.executions.filters}>
          <Input label={words.target} description={words.targetText} value={target} onChange={setTarget} />
          <FilterSelect
            label={words.action}
            anyLabel={words.anyAction}
            options={GROUPS}
            value={action}
            onChange={setAction}
          />
          {isOperator && scope === 'registry' && (
            <Input label={words.tenant} description={words.tenantText} value={tenant} onChange={setTenant} />
          )}
        </div>
        {page.error !== null && <ProblemAlert error={page.error} onRetry={() => void page.refetch()} />}
        <DataTable
          label={words.title}
          columns={columns}
          rows={page.data?.items ?? []}
          getRowId={getRowId}
          isLoading={page.isPending || page.isPlaceholderData}
          paging={paging(page.data?.nextCursor)}
          onRowAction={(id) => {
            setOpened(page.data?.items.find((entry) => entry.id === id));
          }}
          emptyState={
            <EmptyState
              icon={<ScrollText />}
              title={isFiltered ? words.nothingFound : words.emptyTitle}
              actions={
                isFiltered && (
                  <Button
                    onPress={() => {
                      setTarget('');
                      setAction('');
                    }}
                  >
                    {texts.executions.clear}
                  </Button>
                )
              }
            >
              {isFiltered ? undefined : words.empty}
            </EmptyState>
          }
        />
      </Stack>
      {opened !== undefined && (
        <AuditDrawer
          entry={opened}
          onClose={() => {
            setOpened(undefined);
          }}
        />
      )}
    </Page>
  );
}
