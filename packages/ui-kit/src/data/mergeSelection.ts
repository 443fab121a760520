import type { Selection } from 'react-aria-components';

/**
 * The selection after a change on one page: what is selected on other pages stays, unless only one row may be selected.
 * "All" means all rows of this page.
 */
export function mergeSelection(
  before: readonly string[],
  pageIds: readonly string[],
  selection: Selection,
  mode: 'none' | 'single' | 'multiple',
): readonly string[] {
  const onPage = selection === 'all' ? pageIds : pageIds.filter((id) => selection.has(id));
  if (mode !== 'multiple') return onPage;
  const elsewhere = before.filter((id) => !pageIds.includes(id));
  return [...elsewhere, ...onPage];
}
