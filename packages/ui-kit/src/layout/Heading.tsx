import type { ReactNode } from 'react';
import { join } from '../internal/className.ts';

export interface HeadingProps {
  children: ReactNode;
  /** The outline's level; 2 unless given. */
  level?: 1 | 2 | 3 | 4;
  /** How large it is drawn; follows the level unless given. */
  size?: 'md' | 'lg' | 'xl' | '2xl';
  className?: string;
  id?: string;
}

const sizes = { 1: '2xl', 2: 'xl', 3: 'lg', 4: 'md' } as const;

export function Heading({ children, level = 2, size = sizes[level], className, id }: HeadingProps) {
  const Element = `h${level}` as const;
  return (
    <Element id={id} className={join('alga-Heading', className)} data-size={size}>
      {children}
    </Element>
  );
}
