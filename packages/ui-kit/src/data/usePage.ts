import { useState } from 'react';
import type { DataTablePaging } from './dataTableTypes.ts';

export interface Page<Row> {
  rows: readonly Row[];
  /** From 1; 1 for a list that is paged by cursor. */
  number: number;
  /** At least 1. */
  count: number;
  goTo: (page: number) => void;
}

/** The rows of the page that is shown; a page that is no longer there becomes the last one. */
export function usePage<Row>(rows: readonly Row[], paging: DataTablePaging | undefined): Page<Row> {
  const [wanted, setWanted] = useState(1);
  if (paging?.kind === 'client') {
    const count = Math.max(1, Math.ceil(rows.length / paging.pageSize));
    const number = Math.min(wanted, count);
    const first = (number - 1) * paging.pageSize;
    return { rows: rows.slice(first, first + paging.pageSize), number, count, goTo: setWanted };
  }
  if (paging?.kind === 'server') {
    const count = Math.max(1, Math.ceil(paging.totalRows / paging.pageSize));
    return { rows, number: paging.page, count, goTo: paging.onPageChange };
  }
  return { rows, number: 1, count: 1, goTo: setWanted };
}
