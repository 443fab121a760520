import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { Column, ColumnResizer, Group } from 'react-aria-components';
import { useMessages } from '../theme/messages.ts';
import type { DataTableColumn } from './dataTableTypes.ts';

interface DataTableHeadingProps<Row> {
  column: DataTableColumn<Row>;
  isRowHeader: boolean;
  isResizable: boolean;
}

/** One heading: its text, the direction it sorts in, and the handle that sets its width. */
export function DataTableHeading<Row>({ column, isRowHeader, isResizable }: DataTableHeadingProps<Row>) {
  const messages = useMessages();
  return (
    <Column
      id={column.id}
      textValue={column.header}
      isRowHeader={isRowHeader}
      allowsSorting={column.isSortable ?? false}
      className="alga-DataTable-heading"
      data-align={column.align}
      {...(isResizable
        ? { defaultWidth: column.width ?? '1fr', minWidth: column.minWidth ?? 80 }
        : { style: { width: column.width } })}
    >
      {({ allowsSorting, sortDirection }) => {
        const text = (
          <span className={column.isHeaderHidden ? 'alga-VisuallyHidden' : 'alga-DataTable-headingText'}>
            {column.header}
          </span>
        );
        const content = (
          <>
            {text}
            {allowsSorting && <SortIcon direction={sortDirection} />}
          </>
        );
        if (!isResizable) return <div className="alga-DataTable-headingContent">{content}</div>;
        return (
          <div className="alga-DataTable-headingContent">
            <Group role="presentation" tabIndex={-1} className="alga-DataTable-headingFocus">
              {content}
            </Group>
            <ColumnResizer className="alga-DataTable-resizer" aria-label={messages.columnWidth} />
          </div>
        );
      }}
    </Column>
  );
}

function SortIcon({ direction }: { direction: 'ascending' | 'descending' | undefined }) {
  const Icon = direction === undefined ? ChevronsUpDown : direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <Icon
      className="alga-DataTable-sortIcon"
      data-active={direction !== undefined || undefined}
      aria-hidden="true"
    />
  );
}
