import type { ReactNode } from 'react';
import { ScrollArea } from '../internal/ScrollArea.tsx';

export interface TableProps {
  /** What the rows are; read out, and shown when `isCaptionVisible`. */
  caption: string;
  isCaptionVisible?: boolean;
  /** `thead` and `tbody` with plain rows and cells; `data-align="end"` on a cell sets numbers to the end. */
  children: ReactNode;
}

/** A plain table to read. For sorting, selection and paging use `DataTable`. */
export function Table({ caption, isCaptionVisible = false, children }: TableProps) {
  return (
    <ScrollArea label={caption} className="alga-Table-frame">
      <table className="alga-Table">
        <caption className={isCaptionVisible ? 'alga-Table-caption' : 'alga-VisuallyHidden'}>
          {caption}
        </caption>
        {children}
      </table>
    </ScrollArea>
  );
}
