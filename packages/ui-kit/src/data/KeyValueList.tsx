import type { ReactNode } from 'react';

export interface KeyValueItem {
  label: string;
  value: ReactNode;
}

export interface KeyValueListProps {
  items: readonly KeyValueItem[];
  /** `row`: label beside value (unless given). `column`: label over value, side by side where there is room. */
  layout?: 'row' | 'column';
}

/** The facts of one thing. */
export function KeyValueList({ items, layout = 'row' }: KeyValueListProps) {
  return (
    <dl className="alga-KeyValueList" data-layout={layout}>
      {items.map((item) => (
        <div key={item.label} className="alga-KeyValueList-item">
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
