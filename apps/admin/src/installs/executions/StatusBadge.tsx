import { Badge } from '@alga/ui-kit';
import type { Execution } from '../../api/types.ts';

/** How an execution ended: its status, and the code where it has one. */
export function StatusBadge({ execution }: { readonly execution: Execution }) {
  const { status, code } = execution;
  const tone = status >= 500 ? 'danger' : status >= 400 ? 'warning' : 'success';
  return (
    <Badge tone={tone} hasDot>
      {code ? `${status} ${code}` : status}
    </Badge>
  );
}
