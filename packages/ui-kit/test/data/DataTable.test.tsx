import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { Button, DataTable, I18nProvider, type DataTableColumn, type DataTableProps } from '@alga/ui-kit';

interface Row {
  id: string;
  name: string;
  seats: number | null;
}

const rows: Row[] = [
  { id: 'a', name: 'Northwind', seats: 10 },
  { id: 'b', name: 'contoso', seats: 9 },
  { id: 'c', name: 'Äther', seats: null },
  { id: 'd', name: 'Item 10', seats: 100 },
  { id: 'e', name: 'Item 9', seats: 1 },
];

const columns: DataTableColumn<Row>[] = [
  { id: 'name', header: 'Name', value: (row) => row.name, isSortable: true },
  { id: 'seats', header: 'Seats', value: (row) => row.seats, isSortable: true, align: 'end' },
];

function Table(props: Partial<DataTableProps<Row>>) {
  return (
    <I18nProvider locale="en-GB">
      <DataTable label="Customers" columns={columns} rows={rows} getRowId={(row) => row.id} {...props} />
    </I18nProvider>
  );
}

function names(): string[] {
  return screen.getAllByRole('rowheader').map((cell) => cell.textContent);
}

function row(name: string): HTMLElement {
  return screen.getByRole('row', { name: new RegExp(name) });
}

describe('sorting', () => {
  it('sorts by the reader’s alphabet and by numbers in texts, and back on the second press', async () => {
    render(<Table />);
    await userEvent.click(screen.getByRole('columnheader', { name: /Name/ }));
    expect(names()).toEqual(['Äther', 'contoso', 'Item 9', 'Item 10', 'Northwind']);
    expect(screen.getByRole('columnheader', { name: /Name/ })).toHaveAttribute('aria-sort', 'ascending');
    await userEvent.click(screen.getByRole('columnheader', { name: /Name/ }));
    expect(names()).toEqual(['Northwind', 'Item 10', 'Item 9', 'contoso', 'Äther']);
  });

  it('keeps rows without a value last in both directions', async () => {
    render(<Table />);
    await userEvent.click(screen.getByRole('columnheader', { name: /Seats/ }));
    expect(names()).toEqual(['Item 9', 'contoso', 'Northwind', 'Item 10', 'Äther']);
    await userEvent.click(screen.getByRole('columnheader', { name: /Seats/ }));
    expect(names()).toEqual(['Item 10', 'Northwind', 'contoso', 'Item 9', 'Äther']);
  });

  it('leaves the order alone and only asks, when the order is the caller’s', async () => {
    const onSortChange = vi.fn();
    render(<Table sort={null} onSortChange={onSortChange} />);
    await userEvent.click(screen.getByRole('columnheader', { name: /Seats/ }));
    expect(onSortChange).toHaveBeenCalledWith({ columnId: 'seats', direction: 'ascending' });
    expect(names()).toEqual(rows.map((one) => one.name));
  });

  it('sorts with the keyboard', async () => {
    render(<Table />);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(names()[0]).toBe('Äther');
  });

  it('does not change the caller’s array', async () => {
    const own = [...rows];
    render(<Table rows={own} />);
    await userEvent.click(screen.getByRole('columnheader', { name: /Name/ }));
    expect(own).toEqual(rows);
  });
});

describe('paging', () => {
  it('shows one page and says which rows they are', async () => {
    render(<Table paging={{ kind: 'client', pageSize: 2 }} />);
    expect(names()).toEqual(['Northwind', 'contoso']);
    expect(screen.getByText('1–2 of 5')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Page 3' }));
    expect(names()).toEqual(['Item 9']);
    expect(screen.getByText('5–5 of 5')).toBeInTheDocument();
  });

  it('goes to the last page that is left when rows go away', async () => {
    const { rerender } = render(<Table paging={{ kind: 'client', pageSize: 2 }} />);
    await userEvent.click(screen.getByRole('button', { name: 'Page 3' }));
    rerender(<Table rows={rows.slice(0, 3)} paging={{ kind: 'client', pageSize: 2 }} />);
    expect(names()).toEqual(['Äther']);
  });

  it('leaves cutting to the server, and asks it for pages', async () => {
    const onPageChange = vi.fn();
    render(
      <Table
        rows={rows.slice(0, 2)}
        paging={{ kind: 'server', page: 2, pageSize: 2, totalRows: 7, onPageChange }}
      />,
    );
    expect(names()).toEqual(['Northwind', 'contoso']);
    expect(screen.getByText('3–4 of 7')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(onPageChange).toHaveBeenCalledWith(3);
  });

  it('goes back and forth by cursor', async () => {
    const onNext = vi.fn();
    render(
      <Table
        paging={{ kind: 'cursor', hasPrevious: false, hasNext: true, onPrevious: () => undefined, onNext }}
      />,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(onNext).toHaveBeenCalledOnce();
  });
});

describe('selection', () => {
  it('selects with Space and says how many', async () => {
    const onSelectionChange = vi.fn();
    render(<Table selectionMode="multiple" onSelectionChange={onSelectionChange} />);
    await userEvent.tab();
    await userEvent.keyboard(' ');
    expect(onSelectionChange).toHaveBeenLastCalledWith(['a']);
    expect(row('Northwind')).toHaveAttribute('aria-selected', 'true');
    expect(screen.getByText('1 selected')).toBeInTheDocument();
  });

  it('takes “all” for the rows of this page that may be selected, and keeps other pages', async () => {
    const onSelectionChange = vi.fn();
    render(
      <Table
        selectionMode="multiple"
        defaultSelectedIds={['e']}
        disabledIds={['b']}
        onSelectionChange={onSelectionChange}
        paging={{ kind: 'client', pageSize: 3 }}
      />,
    );
    await userEvent.click(screen.getByRole('checkbox', { name: /select all/i }));
    expect(onSelectionChange).toHaveBeenLastCalledWith(['e', 'a', 'c']);
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(row('Item 9')).toHaveAttribute('aria-selected', 'true');
    expect(row('Item 10')).toHaveAttribute('aria-selected', 'false');
  });

  it('offers actions for what is selected and clears it', async () => {
    const act = vi.fn();
    render(
      <Table
        selectionMode="multiple"
        defaultSelectedIds={['a', 'b']}
        selectionActions={(ids) => (
          <Button
            onPress={() => {
              act(ids);
            }}
          >
            Renew
          </Button>
        )}
      />,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Renew' }));
    expect(act).toHaveBeenCalledWith(['a', 'b']);
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(screen.queryByRole('button', { name: 'Renew' })).not.toBeInTheDocument();
  });

  it('is the caller’s when the caller holds it', async () => {
    function Held() {
      const [ids, setIds] = useState<readonly string[]>(['a']);
      return (
        <>
          <output>{ids.join(',')}</output>
          <Table selectionMode="multiple" selectedIds={ids} onSelectionChange={setIds} />
        </>
      );
    }
    render(<Held />);
    await userEvent.click(within(row('contoso')).getByRole('checkbox'));
    expect(screen.getAllByRole('status')[0]).toHaveTextContent('a,b');
  });

  it('keeps one row at most in single mode, also over pages', async () => {
    const onSelectionChange = vi.fn();
    render(
      <Table
        selectionMode="single"
        defaultSelectedIds={['a']}
        onSelectionChange={onSelectionChange}
        paging={{ kind: 'client', pageSize: 3 }}
      />,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await userEvent.click(screen.getByRole('rowheader', { name: 'Item 9' }));
    expect(onSelectionChange).toHaveBeenLastCalledWith(['e']);
  });
});

describe('rows', () => {
  it('act on a press and on Enter', async () => {
    const onRowAction = vi.fn();
    render(<Table onRowAction={onRowAction} />);
    await userEvent.click(screen.getByRole('rowheader', { name: 'contoso' }));
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onRowAction.mock.calls).toEqual([['b'], ['c']]);
  });

  it('do nothing while disabled', async () => {
    const onRowAction = vi.fn();
    render(<Table onRowAction={onRowAction} disabledIds={['b']} />);
    await userEvent.click(screen.getByRole('rowheader', { name: 'contoso' }));
    expect(onRowAction).not.toHaveBeenCalled();
  });

  it('show what the column draws, else the value in the reader’s notation', () => {
    render(
      <Table
        rows={[{ id: 'x', name: 'Big', seats: 12345 }]}
        columns={[
          { id: 'name', header: 'Name', cell: (one) => <em>{one.name}!</em> },
          { id: 'seats', header: 'Seats', value: (one) => one.seats },
          { id: 'none', header: 'None', value: () => null },
        ]}
      />,
    );
    expect(screen.getByText('Big!').tagName).toBe('EM');
    expect(screen.getByRole('gridcell', { name: '12,345' })).toBeInTheDocument();
  });

  it('follow their data', () => {
    const { rerender } = render(<Table />);
    rerender(<Table rows={[{ id: 'a', name: 'Renamed', seats: 1 }]} />);
    expect(names()).toEqual(['Renamed']);
  });
});

describe('states', () => {
  it('says that there is nothing', () => {
    const { rerender } = render(<Table rows={[]} />);
    expect(screen.getByText('Nothing here yet')).toBeInTheDocument();
    rerender(<Table rows={[]} emptyState={<p>Write the first one</p>} />);
    expect(screen.getByText('Write the first one')).toBeInTheDocument();
  });

  it('says that it is loading, and does not claim to be empty', () => {
    const { container } = render(<Table rows={[]} isLoading />);
    expect(screen.getByText('Loading')).toBeInTheDocument();
    expect(screen.queryByText('Nothing here yet')).not.toBeInTheDocument();
    expect(container.querySelector('.alga-DataTable')).toHaveAttribute('aria-busy', 'true');
  });

  it('keeps its rows while it loads again', () => {
    render(<Table isLoading />);
    expect(names()).toHaveLength(5);
  });
});
