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
      showSelected(tabs);
    });
    observer.observe(tabs);
    return () => {
      observer.disconnect();
    };
  }, [selected]);
  return <div ref={row}>{children}</div>;
}

// Sideways only: scrollIntoView would take a page that was scrolled down back up to its tabs.
function showSelected(tabs: HTMLElement): void {
  const selected = tabs.querySelector('[aria-selected="true"]');
  const list = selected?.parentElement;
  if (selected === null || list == null) return;
  const [tab, seen] = [selected.getBoundingClientRect(), list.getBoundingClientRect()];
  list.scrollLeft += Math.min(tab.left - seen.left, 0) + Math.max(tab.right - seen.right, 0);
}
