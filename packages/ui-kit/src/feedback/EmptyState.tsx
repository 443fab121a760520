import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** What would be here, and how it gets here. */
  children?: ReactNode;
  /** Usually one button. */
  actions?: ReactNode;
}

/** Says why there is nothing, and what to do about it. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="alga-EmptyState">
      {icon !== undefined && (
        <div className="alga-EmptyState-icon" aria-hidden="true">
          {icon}
        </div>
      )}
      <div className="alga-EmptyState-title">{title}</div>
      {children !== undefined && <div className="alga-EmptyState-text">{children}</div>}
      {actions !== undefined && <div className="alga-EmptyState-actions">{actions}</div>}
    </div>
  );
}
