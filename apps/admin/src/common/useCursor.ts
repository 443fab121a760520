import type { DataTablePaging } from '@alga/ui-kit';
import { useState } from 'react';

/**
 * Walks a list that is paged by cursor. The walk belongs to one query: `key` names it, and another one starts anew.
 */
export function useCursor(key: string) {
  const [walk, setWalk] = useState<{ readonly key: string; readonly passed: readonly string[] }>({
    key,
    passed: [],
  });
  const passed = walk.key === key ? walk.passed : [];

  const paging = (next: string | null | undefined): DataTablePaging => ({
    kind: 'cursor',
    hasPrevious: passed.length > 0,
    hasNext: typeof next === 'string',
    onPrevious: () => {
      setWalk({ key, passed: passed.slice(0, -1) });
    },
    onNext: () => {
      if (typeof next === 'string') setWalk({ key, passed: [...passed, next] });
    },
  });

  return { cursor: passed.at(-1), paging };
}
