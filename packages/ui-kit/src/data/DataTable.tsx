import { useId, useMemo, type ReactNode } from 'react';
import {
  Cell,
  Collection,
  Column,
  ResizableTableContainer,
  Row as AriaRow,
  Table as AriaTable,
  TableBody,
  TableHeader,
  useLocale,
  type Selection,
} from 'react-aria-components';
import { EmptyState } from '../feedback/EmptyState.tsx';
import { Checkbox } from '../forms/Checkbox.tsx';
import { useControlled } from '../internal/useControlled.ts';
import { useMessages } from '../theme/messages.ts';
import { DataTableFooter } from './DataTableFooter.tsx';
import { DataTableHeading } from './DataTableHeading.tsx';
import { DataTableSkeleton } from './DataTableSkeleton.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import type { CellValue, DataTableColumn, DataTablePaging, SortState } from './dataTableTypes.ts';
import { mergeSelection } from './mergeSelection.ts';
import { sortRows } from './sortRows.ts';
import { usePage } from './usePage.ts';

export interface DataTableProps<Row> {
  /** What the rows are. */
  label: string;
  columns: readonly DataTableColumn<Row>[];
  rows: readonly Row[];
  /** Unique and lasting: selection and focus hang on it. */
  getRowId: (row: Row) => string;

  /** Given (also as `null`), the rows are taken to be sorted already, and `onSortChange` says what is wanted. */
  sort?: SortState | null;
  defaultSort?: SortState | null;
  onSortChange?: (sort: SortState | null) => void;

  /** All rows on one page unless given. */
  paging?: DataTablePaging;

  /** `none` unless given. */
  selectionMode?: 'none' | 'single' | 'multiple';
  selectedIds?: readonly string[];
  defaultSelectedIds?: readonly string[];
  onSelectionChange?: (ids: readonly string[]) => void;
  /** Buttons shown under the rows while some are selected. */
  selectionActions?: (ids: readonly string[], clear: () => void) => ReactNode;
  /** Rows that cannot be selected or acted on. */
  disabledIds?: readonly string[];

  /** A press, or Enter, on a row. */
  onRowAction?: (id: string) => void;
  /** Makes each row a link. */
  getRowHref?: (row: Row) => string;

  /** With no rows yet, shows placeholders; with rows, a moving line over them. */
  isLoading?: boolean;
  /** Shown instead of rows when there are none; a short sentence unless given. */
  emptyState?: ReactNode;
  /** Over the table: search, filters, actions. */
  toolbar?: ReactNode;
  /** Whether headings have a handle to drag, or to move with arrow keys after Enter. */
  isResizable?: boolean;
  /** Row height: `compact` 36 px, `normal` 44 px (unless given). */
  density?: 'compact' | 'normal';
}

/** A table to work with: sorting, paging, selection, resizing, row actions; one tab stop, arrow keys move inside it. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, getRowId, selectionMode = 'none', isLoading = false, isResizable = false } = props;
  const messages = useMessages();
  const { locale } = useLocale();
  const statusId = useId();
  const [sort, setSort] = useControlled<SortState | null>(
    props.sort,
    props.defaultSort ?? null,
    props.onSortChange,
  );
  const sorted = useMemo(
    () => (props.sort === undefined ? sortRows(rows, columns, sort, locale) : rows),
    [props.sort, rows, columns, sort, locale],
  );
  const page = usePage(sorted, props.paging);
  const [selectedIds, setSelectedIds] = useControlled<readonly string[]>(
    props.selectedIds,
    props.defaultSelectedIds ?? [],
    props.onSelectionChange,
  );
  const disabledIds = props.disabledIds ?? [];

  const onSelectionChange = (selection: Selection) => {
    const selectable = page.rows.map(getRowId).filter((id) => !disabledIds.includes(id));
    setSelectedIds(mergeSelection(selectedIds, selectable, selection, selectionMode));
  };
  const clearSelection = () => {
    setSelectedIds([]);
  };
  const rowHeaderId = columns.find((column) => column.isRowHeader)?.id ?? columns[0]?.id;
  const hasCheckboxes = selectionMode === 'multiple';

  const table = (
    <AriaTable
      aria-label={props.label}
      aria-describedby={statusId}
      className="alga-DataTable-table"
      selectionMode={selectionMode}
      selectionBehavior="toggle"
      selectedKeys={selectedIds}
      onSelectionChange={onSelectionChange}
      disabledKeys={disabledIds}
      sortDescriptor={sort ? { column: sort.columnId, direction: sort.direction } : undefined}
      onSortChange={({ column, direction }) => {
        setSort({ columnId: String(column), direction });
      }}
      onRowAction={
        props.onRowAction
          ? (key) => {
              props.onRowAction?.(String(key));
            }
          : undefined
      }
    >
      <TableHeader columns={columns as DataTableColumn<Row>[]} dependencies={[hasCheckboxes, isResizable]}>
        {hasCheckboxes && (
          <Column
            className="alga-DataTable-heading alga-DataTable-checkCell"
            width={isResizable ? 44 : undefined}
            minWidth={isResizable ? 44 : undefined}
          >
            <Checkbox slot="selection" />
          </Column>
        )}
        <Collection items={columns as DataTableColumn<Row>[]}>
          {(column: DataTableColumn<Row>) => (
            <DataTableHeading
              column={column}
              isRowHeader={column.id === rowHeaderId}
              isResizable={isResizable}
            />
          )}
        </Collection>
      </TableHeader>
      <TableBody
        items={page.rows as Row[]}
        dependencies={[columns, getRowId, props.getRowHref, hasCheckboxes, isResizable]}
        renderEmptyState={() =>
          isLoading ? (
            <DataTableSkeleton columnCount={columns.length} />
          ) : (
            (props.emptyState ?? <EmptyState title={messages.emptyTable} />)
          )
        }
      >
        {(row: Row) => (
          <AriaRow
            id={getRowId(row)}
            href={props.getRowHref?.(row)}
            className="alga-DataTable-row"
            columns={columns as DataTableColumn<Row>[]}
          >
            {hasCheckboxes && (
              <Cell className="alga-DataTable-cell alga-DataTable-checkCell">
                <Checkbox slot="selection" />
              </Cell>
            )}
            <Collection items={columns as DataTableColumn<Row>[]}>
              {(column: DataTableColumn<Row>) => (
                <Cell className="alga-DataTable-cell" data-align={column.align}>
                  {column.cell ? column.cell(row) : showValue(column.value?.(row), locale)}
                </Cell>
              )}
            </Collection>
          </AriaRow>
        )}
      </TableBody>
    </AriaTable>
  );

  return (
    <div
      className="alga-DataTable"
      data-density={props.density ?? 'normal'}
      data-loading={(isLoading && rows.length > 0) || undefined}
      data-actionable={props.onRowAction !== undefined || props.getRowHref !== undefined || undefined}
      aria-busy={isLoading || undefined}
    >
      {props.toolbar !== undefined && <div className="alga-DataTable-toolbar">{props.toolbar}</div>}
      {isResizable ? (
        <ResizableTableContainer className="alga-DataTable-scroller" data-resizable>
          {table}
        </ResizableTableContainer>
      ) : (
        <div className="alga-DataTable-scroller">{table}</div>
      )}
      {selectionMode === 'multiple' && selectedIds.length > 0 && (
        <SelectionBar count={selectedIds.length} onClear={clearSelection}>
          {props.selectionActions?.(selectedIds, clearSelection)}
        </SelectionBar>
      )}
      <span id={statusId} role="status" className="alga-VisuallyHidden">
        {isLoading ? messages.loading : ''}
      </span>
      {props.paging && (
        <DataTableFooter
          paging={props.paging}
          page={page}
          totalRows={props.paging.kind === 'server' ? props.paging.totalRows : rows.length}
        />
      )}
    </div>
  );
}

function showValue(value: CellValue, locale: string): ReactNode {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toLocaleDateString(locale, { dateStyle: 'medium' });
  if (typeof value === 'number' || typeof value === 'bigint') return value.toLocaleString(locale);
  return String(value);
}
