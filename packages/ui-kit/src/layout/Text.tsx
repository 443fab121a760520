import type { ElementType, ReactNode } from 'react';
import { join } from '../internal/className.ts';

export interface TextProps {
  children: ReactNode;
  /** `xs` 12, `sm` 13, `md` 14 (unless given), `lg` 16 px at the usual root size. */
  size?: 'xs' | 'sm' | 'md' | 'lg';
  tone?: 'default' | 'muted' | 'subtle' | 'success' | 'warning' | 'danger';
  weight?: 'normal' | 'medium' | 'semibold';
  /** One line, cut with an ellipsis. */
  isTruncated?: boolean;
  /** Digits of equal width, so that numbers under each other line up. */
  isTabular?: boolean;
  /** The element; `p` unless given. */
  as?: ElementType;
  className?: string;
}

export function Text({
  children,
  size = 'md',
  tone = 'default',
  weight = 'normal',
  isTruncated = false,
  isTabular = false,
  as: Element = 'p',
  className,
}: TextProps) {
  return (
    <Element
      className={join('alga-Text', className)}
      data-size={size}
      data-tone={tone}
      data-weight={weight}
      data-truncated={isTruncated || undefined}
      data-tabular={isTabular || undefined}
    >
      {children}
    </Element>
  );
}
