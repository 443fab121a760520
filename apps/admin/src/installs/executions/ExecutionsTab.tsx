import { Badge, Button, DataTable, EmptyState, Stack, Text, type DataTableColumn } from '@alga/ui-kit';
import { Activity, Radio, RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useExecutions } from '../../api/executions.ts';
import type { Execution } from '../../api/types.ts';
import { ProblemAlert } from '../../common/ProblemAlert.tsx';
import { useCursor } from '../../common/useCursor.ts';
import { useFormat } from '../../common/useFormat.ts';
import { When } from '../../common/When.tsx';
import { linkTo } from '../../routing/route.ts';
import { texts } from '../../texts.ts';
import type { TabProps } from '../InstallationPage.tsx';
import { ExecutionFilters } from './ExecutionFilters.tsx';
import { NO_FILTER } from './filter.ts';
import { LiveTail } from './LiveTail.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { useTail } from './useTail.ts';

const words = texts.executions;
const getRowId = (row: Execution) => row.executionId;

/** What the extension did, the newest first. */
export function ExecutionsTab({ install, version }: TabProps) {
  const format = useFormat();
  const [filter, setFilter] = useState(NO_FILTER);
  const { tail, start, stop } = useTail(install.name);
  const key = JSON.stringify(filter);
  const { cursor, paging } = useCursor(key);
  const page = useExecutions(install.name, filter, cursor);
  const isFiltered = key !== JSON.stringify(NO_FILTER);
  const columns = useMemo<DataTableColumn<Execution>[]>(
    () => [
      {
        id: 'request',
        header: words.columns.request,
        cell: (row) => (
          <span className="Nowrap">
            <code>
              {row.method} {row.endpoint}
            </code>
          </span>
        ),
      },
      {
        id: 'status',
        header: words.columns.status,
        cell: (row) => (
          <Stack direction="row" gap={1}>
            <StatusBadge execution={row} />
            {row.hasLogs && <Badge>{words.hasLogs}</Badge>}
          </Stack>
        ),
      },
      { id: 'when', header: words.columns.when, cell: (row) => <When at={row.startedAt} /> },
      {
        id: 'duration',
        header: words.columns.duration,
        align: 'end',
        cell: (row) => format.duration(row.durationUs),
      },
      { id: 'user', header: words.columns.user, cell: (row) => row.userId ?? words.noUser },
      { id: 'version', header: words.columns.version, cell: (row) => row.version },
    ],
    [format],
  );

  return (
    <Stack gap={4}>
      <div className="Above">
        <Text tone="muted">{words.description}</Text>
        {tail.state === 'off' && (
          <Button icon={<Radio aria-hidden="true" />} onPress={start}>
            {words.live.start}
          </Button>
        )}
      </div>
      {tail.state !== 'off' && <LiveTail name={install.name} tail={tail} onStart={start} onStop={stop} />}
      <ExecutionFilters version={version} value={filter} onChange={setFilter} />
      {page.error !== null && <ProblemAlert error={page.error} onRetry={() => void page.refetch()} />}
      <DataTable
        label={words.title}
        columns={columns}
        rows={page.data?.items ?? []}
        getRowId={getRowId}
        getRowHref={(row) => linkTo({ page: 'execution', name: install.name, executionId: row.executionId })}
        isLoading={page.isPending || page.isPlaceholderData}
        paging={paging(page.data?.nextCursor)}
        toolbar={
          <Button
            size="sm"
            icon={<RefreshCw aria-hidden="true" />}
            isPending={page.isFetching}
            onPress={() => void page.refetch()}
          >
            {words.refresh}
          </Button>
        }
        emptyState={
          <EmptyState
            icon={<Activity />}
            title={isFiltered ? words.nothingFound : words.emptyTitle}
            actions={
              isFiltered && (
                <Button
                  onPress={() => {
                    setFilter(NO_FILTER);
                  }}
                >
                  {words.clear}
                </Button>
              )
            }
          >
            {isFiltered ? undefined : words.empty}
          </EmptyState>
        }
      />
    </Stack>
  );
}
