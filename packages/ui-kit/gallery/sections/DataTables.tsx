import { Badge, Button, DataTable, Text, toast, type DataTableColumn, type SortState } from '@alga/ui-kit';
import { useState } from 'react';
import { agreements, statusTones, type Agreement } from '../agreements.ts';
import { Example, Examples } from '../Example.tsx';

const columns: DataTableColumn<Agreement>[] = [
  { id: 'id', header: 'Number', value: (row) => row.id, isSortable: true, width: 120 },
  {
    id: 'customer',
    header: 'Customer',
    value: (row) => row.customer,
    isSortable: true,
    isRowHeader: true,
    width: '2fr',
    minWidth: 140,
  },
  { id: 'plan', header: 'Plan', value: (row) => row.plan, isSortable: true, minWidth: 110 },
  {
    id: 'status',
    header: 'Status',
    value: (row) => row.status,
    isSortable: true,
    minWidth: 110,
    cell: (row) => (
      <Badge tone={statusTones[row.status]} hasDot>
        {row.status}
      </Badge>
    ),
  },
  {
    id: 'monthly',
    header: 'Monthly',
    value: (row) => row.monthly,
    cell: (row) => `€ ${row.monthly.toLocaleString('en')}`,
    align: 'end',
    isSortable: true,
    minWidth: 110,
  },
];

export function DataTables() {
  const [sort, setSort] = useState<SortState | null>(null);
  const [page, setPage] = useState(2);
  return (
    <Examples>
      <Example title="Resizable, with selection and pages" isBare>
        <DataTable
          label="Agreements with selection"
          columns={columns}
          rows={agreements}
          getRowId={(row) => row.id}
          isResizable
          selectionMode="multiple"
          defaultSelectedIds={['AG-1043', 'AG-1045']}
          disabledIds={['AG-1044']}
          selectionActions={(ids) => (
            <Button size="sm" onPress={() => toast.info(`${ids.length} agreements to renew`)}>
              Renew
            </Button>
          )}
          paging={{ kind: 'client', pageSize: 8 }}
        />
      </Example>
      <Example title="Paged and sorted by a server" isBare>
        <DataTable
          label="Agreements from a server"
          columns={columns}
          rows={agreements.slice((page - 1) * 5, page * 5)}
          getRowId={(row) => row.id}
          sort={sort}
          onSortChange={setSort}
          paging={{ kind: 'server', page, pageSize: 5, totalRows: 248, onPageChange: setPage }}
          onRowAction={(id) => toast.info(`Opened ${id}`)}
        />
        <Text size="sm" tone="muted">
          Wanted order: {sort ? `${sort.columnId}, ${sort.direction}` : 'none'}. Press a row to open it.
        </Text>
      </Example>
    </Examples>
  );
}
