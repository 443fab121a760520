import { DataTable, EmptyState, Stack, Text, type DataTableColumn } from '@alga/ui-kit';
import { Inbox } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useDeliveries } from '../../api/activity.ts';
import type { Delivery } from '../../api/types.ts';
import { FilterSelect } from '../../common/FilterSelect.tsx';
import { ProblemAlert } from '../../common/ProblemAlert.tsx';
import { useCursor } from '../../common/useCursor.ts';
import { When } from '../../common/When.tsx';
import { texts } from '../../texts.ts';
import type { TabProps } from '../InstallationPage.tsx';
import { DeliveryBadge } from './DeliveryBadge.tsx';
import { DeliveryDrawer } from './DeliveryDrawer.tsx';

const words = texts.events;
const STATES = Object.entries(words.states).map(([id, label]) => ({ id, label }));
const getRowId = (row: Delivery) => row.deliveryId;

/** Which events and runs reached the extension, and which did not. */
export function EventsTab({ install, version }: TabProps) {
  const [status, setStatus] = useState('');
  const [topic, setTopic] = useState('');
  const [opened, setOpened] = useState<string>();
  const filter = { status, topic };
  const { cursor, paging } = useCursor(JSON.stringify(filter));
  const page = useDeliveries(install.name, filter, cursor);
  const isFiltered = status !== '' || topic !== '';
  const topics = useMemo(() => version.events.map(({ topic: id }) => ({ id, label: id })), [version]);
  const columns = useMemo<DataTableColumn<Delivery>[]>(
    () => [
      {
        id: 'what',
        header: words.columns.what,
        cell: (row) => (row.schedule === null ? <code>{row.topic}</code> : words.run(row.schedule)),
      },
      { id: 'status', header: words.columns.status, cell: (row) => <DeliveryBadge status={row.status} /> },
      { id: 'attempts', header: words.columns.attempts, align: 'end', cell: (row) => row.attempts },
      { id: 'created', header: words.columns.created, cell: (row) => <When at={row.createdAt} /> },
      {
        id: 'next',
        header: words.columns.next,
        cell: (row) => (row.nextAttemptAt === null ? '–' : <When at={row.nextAttemptAt} />),
      },
    ],
    [],
  );

  return (
    <Stack gap={4}>
      <Text tone="muted">{words.description}</Text>
      <div className="Filters" role="group" aria-label={texts.executions.filters}>
        <FilterSelect
          label={words.status}
          anyLabel={words.anyStatus}
          options={STATES}
          value={status}
          onChange={setStatus}
        />
        {version.events.length > 0 && (
          <FilterSelect
            label={words.topic}
            anyLabel={words.anyTopic}
            options={topics}
            value={topic}
            onChange={setTopic}
          />
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
          setOpened(id);
        }}
        emptyState={
          <EmptyState icon={<Inbox />} title={isFiltered ? words.nothingFound : words.emptyTitle}>
            {isFiltered ? undefined : words.empty}
          </EmptyState>
        }
      />
      {opened !== undefined && (
        <DeliveryDrawer
          key={opened}
          name={install.name}
          deliveryId={opened}
          onClose={() => {
            setOpened(undefined);
          }}
        />
      )}
    </Stack>
  );
}
