import type { ElementType, ReactNode } from 'react';
import { join } from '../internal/className.ts';

/** Steps of the spacing scale: 1 is 4 px at the usual root size, 4 is 16 px. */
export type Space = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 8 | 10 | 12 | 16;

export interface StackProps {
  children?: ReactNode;
  /** `column` unless given. */
  direction?: 'row' | 'column';
  /** 4 unless given. */
  gap?: Space;
  align?: 'start' | 'center' | 'end' | 'stretch' | 'baseline';
  justify?: 'start' | 'center' | 'end' | 'between';
  /** Whether a row goes on in the next line when it is full. */
  wrap?: boolean;
  /** The element; `div` unless given. */
  as?: ElementType;
  className?: string;
}

/** Puts things under or beside each other, with one gap. */
export function Stack({
  children,
  direction = 'column',
  gap = 4,
  align,
  justify,
  wrap = false,
  as: Element = 'div',
  className,
}: StackProps) {
  return (
    <Element
      className={join('alga-Stack', className)}
      data-direction={direction}
      data-align={align}
      data-justify={justify}
      data-wrap={wrap || undefined}
      style={{ gap: `var(--alga-space-${gap})` }}
    >
      {children}
    </Element>
  );
}
