import type { ReactNode } from 'react';

export interface BadgeProps {
  children: ReactNode;
  /** `neutral` unless given. The words must say it too: a tone alone is lost on many. */
  tone?: 'neutral' | 'accent' | 'info' | 'success' | 'warning' | 'danger';
  /** A dot before the text: for states. */
  hasDot?: boolean;
  icon?: ReactNode;
}

/** A short state or category. */
export function Badge({ children, tone = 'neutral', hasDot = false, icon }: BadgeProps) {
  return (
    <span className="alga-Badge" data-tone={tone}>
      {hasDot && <span className="alga-Badge-dot" aria-hidden="true" />}
      {icon}
      {children}
    </span>
  );
}
