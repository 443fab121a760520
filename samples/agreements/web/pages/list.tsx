import { useExtension, usePath } from '@alga/extension-iframe-sdk/react';
import {
  Alert,
  Badge,
  Button,
  Card,
  Chart,
  DataTable,
  EmptyState,
  Grid,
  Link,
  PageHeader,
  SearchInput,
  Stack,
  StatTile,
  type DataTableColumn,
} from '@alga/ui-kit';
import { Plus, RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Agreement } from '../../server/agreement.ts';
import type { Summary } from '../../server/summary.ts';
import type { SyncReport } from '../../server/sync.ts';
import { messageOf, useApi, useLoaded } from '../api.ts';
import { examples } from '../examples.ts';
import { formatAmount, formatDay, planLabels, statusLabels, statusTones } from '../format.ts';

interface AgreementList {
  readonly agreements: readonly Agreement[];
  readonly currency: string;
}

const getRowId = (row: Agreement) => row.id;

/** All agreements, what they bring, and the sync. */
export function ListPage() {
  const extension = useExtension();
  const call = useApi();
  const [, navigate] = usePath();
  const list = useLoaded<AgreementList>('/agreements');
  const summary = useLoaded<Summary>('/summary');
  const [busy, setBusy] = useState<'sync' | 'examples'>();

  const run = (what: 'sync' | 'examples', work: () => Promise<string>) => {
    setBusy(what);
    work()
      .then(
        (done) => {
          extension.toast(done, 'success');
          list.reload();
          summary.reload();
        },
        (error: unknown) => {
          extension.toast(messageOf(error), 'error');
        },
      )
      .finally(() => {
        setBusy(undefined);
      });
  };

  const sync = () => {
    run('sync', async () => {
      const { added, updated, skipped } = await call<SyncReport>('POST', '/sync');
      return `${added} added, ${updated} updated, ${skipped} skipped.`;
    });
  };
  const addExamples = () => {
    run('examples', async () => {
      for (const terms of examples) await call('POST', '/agreements', terms);
      return `${examples.length} examples added.`;
    });
  };
  const create = () => {
    navigate('/agreements/new');
  };

  const error = list.error ?? summary.error;
  return (
    <Stack gap={5}>
      <PageHeader
        title="Agreements"
        description="What customers pay for, and until when."
        actions={
          <>
            <Button icon={<RefreshCw aria-hidden="true" />} isPending={busy === 'sync'} onPress={sync}>
              Sync
            </Button>
            <Button variant="primary" icon={<Plus aria-hidden="true" />} onPress={create}>
              New agreement
            </Button>
          </>
        }
      />
      {error !== undefined && (
        <Alert tone="danger" title="The agreements could not be loaded" isLive>
          {messageOf(error)}
        </Alert>
      )}
      <Numbers summary={summary.data} locale={extension.context.locale} />
      <Agreements
        list={list.data}
        locale={extension.context.locale}
        onOpen={(id) => {
          navigate(`/agreements/${id}`);
        }}
        emptyState={
          <EmptyState
            title="No agreements yet"
            actions={
              <Button isPending={busy === 'examples'} onPress={addExamples}>
                Add examples
              </Button>
            }
          >
            Enter the first one, take them over from the customer system, or look around with examples.
          </EmptyState>
        }
      />
    </Stack>
  );
}

function Numbers({ summary, locale }: { readonly summary: Summary | undefined; readonly locale: string }) {
  const amount = (value: number) => formatAmount(value, summary?.currency ?? 'EUR', locale);
  const lastSync =
    summary?.lastSync === undefined ? 'never' : formatDay(summary.lastSync.at.slice(0, 10), locale);
  return (
    <Stack gap={4}>
      <Grid minColumnWidth="12rem" gap={3}>
        <StatTile label="Active" value={summary?.active ?? '–'} />
        <StatTile label="Drafts" value={summary?.drafts ?? '–'} />
        <StatTile label="Monthly" value={summary === undefined ? '–' : amount(summary.monthly)} />
        <StatTile label="Last sync" value={lastSync} />
      </Grid>
      <Card>
        <Chart
          kind="bar"
          title="Monthly by plan"
          labelHeader="Plan"
          labels={summary?.byPlan.map(({ plan }) => planLabels[plan]) ?? []}
          series={[{ name: 'Monthly', values: summary?.byPlan.map(({ monthly }) => monthly) ?? [] }]}
          formatValue={amount}
          height={160}
          isLoading={summary === undefined}
        />
      </Card>
    </Stack>
  );
}

interface AgreementsProps {
  readonly list: AgreementList | undefined;
  readonly locale: string;
  readonly onOpen: (id: string) => void;
  readonly emptyState: React.ReactNode;
}

function Agreements({ list, locale, onOpen, emptyState }: AgreementsProps) {
  const [search, setSearch] = useState('');
  const currency = list?.currency ?? 'EUR';
  const columns = useMemo(() => columnsFor(currency, locale), [currency, locale]);
  const wanted = search.trim().toLocaleLowerCase(locale);
  const rows = list?.agreements.filter(({ customer }) => customer.toLocaleLowerCase(locale).includes(wanted));
  return (
    <DataTable
      label="Agreements"
      columns={columns}
      rows={rows ?? []}
      getRowId={getRowId}
      isLoading={rows === undefined}
      defaultSort={{ columnId: 'customer', direction: 'ascending' }}
      paging={{ kind: 'client', pageSize: 10 }}
      onRowAction={onOpen}
      emptyState={wanted === '' ? emptyState : undefined}
      toolbar={
        <SearchInput
          aria-label="Search customers"
          placeholder="Search customers"
          value={search}
          onChange={setSearch}
        />
      }
    />
  );
}

function columnsFor(currency: string, locale: string): DataTableColumn<Agreement>[] {
  return [
    {
      id: 'customer',
      header: 'Customer',
      value: (row) => row.customer,
      cell: (row) => <Link href={`/agreements/${row.id}`}>{row.customer}</Link>,
      isSortable: true,
      isRowHeader: true,
    },
    { id: 'plan', header: 'Plan', value: (row) => planLabels[row.plan], isSortable: true },
    {
      id: 'status',
      header: 'Status',
      value: (row) => statusLabels[row.status],
      cell: (row) => (
        <Badge tone={statusTones[row.status]} hasDot>
          {statusLabels[row.status]}
        </Badge>
      ),
      isSortable: true,
    },
    {
      id: 'monthly',
      header: 'Monthly',
      value: (row) => row.monthly,
      cell: (row) => formatAmount(row.monthly, currency, locale),
      align: 'end',
      isSortable: true,
    },
    {
      id: 'ends',
      header: 'Ends',
      value: (row) => row.ends,
      cell: (row) => formatDay(row.ends, locale),
      align: 'end',
      isSortable: true,
    },
  ];
}
