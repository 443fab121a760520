import type { ReactNode } from 'react';
import type { Space } from './Stack.tsx';

export interface GridProps {
  children: ReactNode;
  /** The least width of a column, a CSS length; `16rem` unless given. As many columns as fit, one on a phone. */
  minColumnWidth?: string;
  /** 4 unless given. */
  gap?: Space;
}

/** Equal columns, as many as there is room for. */
export function Grid({ children, minColumnWidth = '16rem', gap = 4 }: GridProps) {
  return (
    <div
      className="alga-Grid"
      style={{
        gap: `var(--alga-space-${gap})`,
        gridTemplateColumns: `repeat(auto-fit, minmax(min(${minColumnWidth}, 100%), 1fr))`,
      }}
    >
      {children}
    </div>
  );
}
