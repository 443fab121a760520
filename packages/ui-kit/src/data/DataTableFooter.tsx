import { CursorPagination, Pagination } from '../navigation/Pagination.tsx';
import { useMessages } from '../theme/messages.ts';
import type { DataTablePaging } from './dataTableTypes.ts';
import type { Page } from './usePage.ts';

interface DataTableFooterProps {
  paging: DataTablePaging;
  page: Page<unknown>;
  /** All rows, on every page. */
  totalRows: number;
}

export function DataTableFooter({ paging, page, totalRows }: DataTableFooterProps) {
  const messages = useMessages();
  if (paging.kind === 'cursor') {
    if (!paging.hasPrevious && !paging.hasNext) return null;
    return (
      <div className="alga-DataTable-footer" data-align="end">
        <CursorPagination {...paging} />
      </div>
    );
  }
  if (totalRows === 0) return null;
  const first = (page.number - 1) * paging.pageSize + 1;
  const last = Math.min(first + paging.pageSize - 1, totalRows);
  return (
    <div className="alga-DataTable-footer">
      <span className="alga-DataTable-range">{messages.rowsOf(first, last, totalRows)}</span>
      {page.count > 1 && <Pagination page={page.number} pageCount={page.count} onPageChange={page.goTo} />}
    </div>
  );
}
