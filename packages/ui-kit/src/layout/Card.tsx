import { useId, type ReactNode } from 'react';
import { join } from '../internal/className.ts';

export interface CardProps {
  title?: ReactNode;
  description?: ReactNode;
  /** At the end of the header. */
  actions?: ReactNode;
  /** Under a line, at the end. */
  footer?: ReactNode;
  children?: ReactNode;
  /** Without padding: for a table or a list that reaches the edges. */
  isFlush?: boolean;
  /** The level of the title in the outline; 3 unless given. */
  headingLevel?: 2 | 3 | 4;
  className?: string;
}

/** A surface of its own; a region named by its title. */
export function Card({
  title,
  description,
  actions,
  footer,
  children,
  isFlush = false,
  headingLevel = 3,
  className,
}: CardProps) {
  const id = useId();
  const TitleElement = `h${headingLevel}` as const;
  const hasHeader = title !== undefined || description !== undefined || actions !== undefined;
  return (
    <section
      className={join('alga-Card', className)}
      data-flush={isFlush || undefined}
      aria-labelledby={title === undefined ? undefined : id}
    >
      {hasHeader && (
        <header className="alga-Card-header">
          <div className="alga-Card-titles">
            {title !== undefined && (
              <TitleElement id={id} className="alga-Card-title">
                {title}
              </TitleElement>
            )}
            {description !== undefined && <p className="alga-Card-description">{description}</p>}
          </div>
          {actions !== undefined && <div className="alga-Card-actions">{actions}</div>}
        </header>
      )}
      {children !== undefined && <div className="alga-Card-body">{children}</div>}
      {footer !== undefined && <footer className="alga-Card-footer">{footer}</footer>}
    </section>
  );
}
