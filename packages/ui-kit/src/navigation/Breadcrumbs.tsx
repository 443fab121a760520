import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Breadcrumb as AriaBreadcrumb,
  Breadcrumbs as AriaBreadcrumbs,
  Link,
  type BreadcrumbsProps as AriaBreadcrumbsProps,
} from 'react-aria-components';
import { join } from '../internal/className.ts';

export interface BreadcrumbsProps extends Omit<AriaBreadcrumbsProps<object>, 'children' | 'className'> {
  /** `Breadcrumb` elements, from the root to this page. */
  children: ReactNode;
  /** Its name as a landmark, such as "Where you are". */
  'aria-label': string;
  className?: string;
}

/** The way to this page; the last one is the page itself. */
export function Breadcrumbs({ className, ...props }: BreadcrumbsProps) {
  return (
    <nav aria-label={props['aria-label']}>
      <AriaBreadcrumbs {...props} aria-label={undefined} className={join('alga-Breadcrumbs', className)} />
    </nav>
  );
}

export interface BreadcrumbProps {
  /** Leave it out for the page itself. */
  href?: string;
  children: ReactNode;
}

export function Breadcrumb({ href, children }: BreadcrumbProps) {
  return (
    <AriaBreadcrumb className="alga-Breadcrumb">
      {({ isCurrent }) => (
        <>
          <Link className="alga-Breadcrumb-link" href={href}>
            {children}
          </Link>
          {!isCurrent && <ChevronRight aria-hidden="true" />}
        </>
      )}
    </AriaBreadcrumb>
  );
}
