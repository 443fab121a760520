import type { CellValue, DataTableColumn, SortState } from './dataTableTypes.ts';

/** The rows in order; equal rows keep theirs, and rows without a value come last in both directions. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly DataTableColumn<Row>[],
  sort: SortState | null,
  locale: string,
): readonly Row[] {
  const valueOf = columns.find((column) => column.id === sort?.columnId)?.value;
  if (!sort || !valueOf) return rows;
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const left = valueOf(a);
    const right = valueOf(b);
    if (isMissing(left) || isMissing(right)) return Number(isMissing(left)) - Number(isMissing(right));
    return sign * compare(left, right, collator);
  });
}

type Present = Exclude<CellValue, null | undefined>;

function isMissing(value: CellValue): value is null | undefined {
  return value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));
}

function compare(a: Present, b: Present, collator: Intl.Collator): number {
  if (typeof a === 'string' || typeof b === 'string') return collator.compare(String(a), String(b));
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
