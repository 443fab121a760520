import {
  Badge,
  Button,
  Card,
  Chart,
  DataTable,
  DropdownMenu,
  Grid,
  IconButton,
  Link,
  MenuItem,
  MenuSeparator,
  SearchInput,
  Stack,
  StatTile,
  toast,
} from '@alga/ui-kit';
import { Activity, CircleAlert, Ellipsis, FileText, Plus, Timer } from 'lucide-react';
import { useState } from 'react';
import { agreements, statusTones } from '../agreements.ts';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export function Overview() {
  const [search, setSearch] = useState('');
  const rows = agreements.filter((row) => row.customer.toLowerCase().includes(search.toLowerCase()));
  return (
    <Stack gap={5}>
      <Grid minColumnWidth="12rem" gap={3}>
        <StatTile
          label="Active agreements"
          value="1,284"
          icon={<FileText />}
          change={{ text: '4.2 %', direction: 'up', tone: 'good' }}
          hint="since May"
        />
        <StatTile
          label="Requests today"
          value="48,210"
          icon={<Activity />}
          change={{ text: '1.1 %', direction: 'down' }}
          hint="than yesterday"
        />
        <StatTile
          label="Median time"
          value="38 ms"
          icon={<Timer />}
          change={{ text: '6 ms', direction: 'down', tone: 'good' }}
          hint="this week"
        />
        <StatTile
          label="Failed syncs"
          value="3"
          icon={<CircleAlert />}
          change={{ text: '2', direction: 'up', tone: 'bad' }}
          hint="in 24 hours"
        />
      </Grid>
      <Grid minColumnWidth="22rem">
        <Card>
          <Chart
            kind="line"
            title="Requests"
            description="Thousands a day"
            labelHeader="Day"
            labels={days}
            series={[
              { name: 'This week', values: [42, 47, 51, 49, 58, 31, 29] },
              { name: 'Last week', values: [39, 41, 44, 47, 46, 28, 24] },
            ]}
            height={220}
          />
        </Card>
        <Card>
          <Chart
            kind="bar"
            title="Agreements signed"
            description="By month"
            labelHeader="Month"
            labels={['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun']}
            series={[{ name: 'Signed', values: [12, 18, 15, 24, 31, 27] }]}
            height={246}
          />
        </Card>
      </Grid>
      <DataTable
        label="Agreements"
        rows={rows}
        getRowId={(row) => row.id}
        paging={{ kind: 'client', pageSize: 6 }}
        selectionMode="multiple"
        selectionActions={(ids, clear) => (
          <Button
            size="sm"
            onPress={() => {
              toast.success(`${ids.length} agreements exported`);
              clear();
            }}
          >
            Export
          </Button>
        )}
        defaultSort={{ columnId: 'customer', direction: 'ascending' }}
        toolbar={
          <>
            <SearchInput
              aria-label="Search agreements"
              placeholder="Search agreements"
              value={search}
              onChange={setSearch}
            />
            <Button variant="primary" icon={<Plus aria-hidden="true" />} className="gallery-end">
              New agreement
            </Button>
          </>
        }
        columns={[
          {
            id: 'customer',
            header: 'Customer',
            value: (row) => row.customer,
            cell: (row) => <Link href={`#${row.id}`}>{row.customer}</Link>,
            isSortable: true,
          },
          { id: 'plan', header: 'Plan', value: (row) => row.plan, isSortable: true },
          {
            id: 'status',
            header: 'Status',
            value: (row) => row.status,
            isSortable: true,
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
          },
          { id: 'ends', header: 'Ends', value: (row) => row.ends, isSortable: true, align: 'end' },
          {
            id: 'actions',
            header: 'Actions',
            isHeaderHidden: true,
            align: 'end',
            width: 56,
            cell: (row) => (
              <DropdownMenu
                placement="bottom end"
                trigger={
                  <IconButton label={`Actions for ${row.id}`} size="sm">
                    <Ellipsis aria-hidden="true" />
                  </IconButton>
                }
              >
                <MenuItem id="open">Open</MenuItem>
                <MenuItem id="renew">Renew</MenuItem>
                <MenuSeparator />
                <MenuItem id="end" tone="danger">
                  End agreement
                </MenuItem>
              </DropdownMenu>
            ),
          },
        ]}
      />
    </Stack>
  );
}
