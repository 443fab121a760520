import type { ReactNode } from 'react';

export type CellValue = string | number | bigint | boolean | Date | null | undefined;

export interface DataTableColumn<Row> {
  /** Unique in the table. */
  id: string;
  /** The heading; with `isHeaderHidden` it is read out only. */
  header: string;
  isHeaderHidden?: boolean;
  /** What is sorted by, and shown where there is no `cell`. */
  value?: (row: Row) => CellValue;
  /** What is shown. */
  cell?: (row: Row) => ReactNode;
  /** Whether its heading sorts; needs `value`, unless the sorting is done elsewhere (`sort` given). */
  isSortable?: boolean;
  /** Names the row for assistive technology; the first column unless one says so. */
  isRowHeader?: boolean;
  /** `end` for numbers. */
  align?: 'start' | 'end';
  /** Pixels, or a share such as `2fr` (resizable tables only). */
  width?: number | `${number}fr`;
  /** Pixels; 80 unless given, in resizable tables. */
  minWidth?: number;
}

export interface SortState {
  columnId: string;
  direction: 'ascending' | 'descending';
}

/** How a long list is cut into pages. */
export type DataTablePaging =
  /** `rows` are all rows; the table keeps the page. */
  | { kind: 'client'; pageSize: number }
  /** `rows` are those of one page; `page` counts from 1. */
  | {
      kind: 'server';
      page: number;
      pageSize: number;
      totalRows: number;
      onPageChange: (page: number) => void;
    }
  /** `rows` are those of one page, and nobody knows how many there are. */
  | {
      kind: 'cursor';
      hasPrevious: boolean;
      hasNext: boolean;
      onPrevious: () => void;
      onNext: () => void;
    };
