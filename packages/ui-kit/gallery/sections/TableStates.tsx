import { Badge, Button, DataTable, EmptyState, Table, type DataTableColumn } from '@alga/ui-kit';
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { agreements, type Agreement } from '../agreements.ts';
import { Example, Examples } from '../Example.tsx';

const columns: DataTableColumn<Agreement>[] = [
  { id: 'id', header: 'Number', value: (row) => row.id },
  { id: 'customer', header: 'Customer', value: (row) => row.customer },
  { id: 'ends', header: 'Ends', value: (row) => row.ends, align: 'end' },
];

export function TableStates() {
  const [start, setStart] = useState(0);
  return (
    <Examples>
      <Example title="Empty" isBare>
        <DataTable
          label="No agreements"
          columns={columns}
          rows={[]}
          getRowId={(row) => row.id}
          emptyState={
            <EmptyState
              icon={<FileText />}
              title="No agreements yet"
              actions={<Button variant="primary">New agreement</Button>}
            >
              Agreements show up here as soon as the first one is written or synced.
            </EmptyState>
          }
        />
      </Example>
      <Example title="Loading" isBare>
        <DataTable
          label="Agreements to come"
          columns={columns}
          rows={[]}
          getRowId={(row) => row.id}
          isLoading
        />
      </Example>
      <Example title="Loading again" isBare>
        <DataTable
          label="Agreements, loading again"
          columns={columns}
          rows={agreements.slice(0, 3)}
          getRowId={(row) => row.id}
          isLoading
        />
      </Example>
      <Example title="Compact, one row at a time, paged by cursor" isBare>
        <DataTable
          label="Agreements by cursor"
          density="compact"
          columns={columns}
          rows={agreements.slice(start, start + 4)}
          getRowId={(row) => row.id}
          selectionMode="single"
          paging={{
            kind: 'cursor',
            hasPrevious: start > 0,
            hasNext: start + 4 < agreements.length,
            onPrevious: () => {
              setStart(start - 4);
            },
            onNext: () => {
              setStart(start + 4);
            },
          }}
        />
      </Example>
      <Example title="Table, to read only" isBare>
        <Table caption="Limits of the plans">
          <thead>
            <tr>
              <th scope="col">Plan</th>
              <th scope="col" data-align="end">
                Seats
              </th>
              <th scope="col" data-align="end">
                Requests a month
              </th>
              <th scope="col">Support</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Backup</th>
              <td data-align="end">25</td>
              <td data-align="end">100,000</td>
              <td>
                <Badge>Email</Badge>
              </td>
            </tr>
            <tr>
              <th scope="row">Managed</th>
              <td data-align="end">250</td>
              <td data-align="end">5,000,000</td>
              <td>
                <Badge tone="accent">Day and night</Badge>
              </td>
            </tr>
          </tbody>
        </Table>
      </Example>
    </Examples>
  );
}
