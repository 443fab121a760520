import { useEffect, useRef, type ReactNode } from 'react';

/** Props of {@link SelectedInView}. */
export interface SelectedInViewProps {
  /** The tab that is selected; a change brings it into view. */
  readonly selected: string;
  /** A `TabList`. */
  readonly children: ReactNode;
}

/** On a phone a row of tabs scrolls: the one that a link leads to must not be outside. */
export function SelectedInView({ selected, children }: SelectedInViewProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tabs = row.current;
    if (tabs === null) return;
    // Tells of the first size too, and of each that follows: a phone that is turned, a window that is made narrow.
    const observer = new ResizeObserver(() => {
      tabs.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    observer.observe(tabs);
    return () => {
      observer.disconnect();
    };
  }, [selected]);
  return <div ref={row}>{children}</div>;
}
