import type { ReactNode } from 'react';

export interface PageHeaderProps {
  /** The page's only `h1`. */
  title: ReactNode;
  description?: ReactNode;
  /** `Breadcrumbs`, over the title. */
  breadcrumbs?: ReactNode;
  /** Beside the title, such as a `Badge`. */
  badge?: ReactNode;
  /** At the end; under the title where there is little room. */
  actions?: ReactNode;
}

/** The head of a page. */
export function PageHeader({ title, description, breadcrumbs, badge, actions }: PageHeaderProps) {
  return (
    <header className="alga-PageHeader">
      {breadcrumbs}
      <div className="alga-PageHeader-row">
        <div className="alga-PageHeader-titles">
          <div className="alga-PageHeader-line">
            <h1 className="alga-PageHeader-title">{title}</h1>
            {badge}
          </div>
          {description !== undefined && <p className="alga-PageHeader-description">{description}</p>}
        </div>
        {actions !== undefined && <div className="alga-PageHeader-actions">{actions}</div>}
      </div>
    </header>
  );
}
