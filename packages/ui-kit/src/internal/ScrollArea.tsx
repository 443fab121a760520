import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface ScrollAreaProps {
  label: string;
  className: string;
  children: ReactNode;
}

/** Scrolls sideways when its content is wider. Only then is it a tab stop, so that a keyboard can scroll it too. */
export function ScrollArea({ label, className, children }: ScrollAreaProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [overflows, setOverflows] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      setOverflows(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [children]);
  return (
    <div
      ref={ref}
      className={className}
      {...(overflows ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {})}
    >
      {children}
    </div>
  );
}
