import type { ReactNode } from 'react';
import { Button } from '../actions/Button.tsx';
import { useMessages } from '../theme/messages.ts';

interface SelectionBarProps {
  count: number;
  onClear: () => void;
  children: ReactNode;
}

/** How many rows are selected, and what can be done with them. */
export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  const messages = useMessages();
  return (
    <div className="alga-DataTable-selection">
      <span role="status">{messages.selectedCount(count)}</span>
      <Button variant="ghost" size="sm" onPress={onClear}>
        {messages.clear}
      </Button>
      <span className="alga-DataTable-selectionActions">{children}</span>
    </div>
  );
}
