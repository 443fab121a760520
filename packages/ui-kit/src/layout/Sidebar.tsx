import { useContext, useId, type ReactNode } from 'react';
import { Link } from 'react-aria-components';
import { useMessages } from '../theme/messages.ts';
import { SidebarContext } from './sidebarContext.ts';

export interface SidebarProps {
  /** The app's mark and name. */
  header?: ReactNode;
  /** `SidebarSection` and `SidebarItem` elements. */
  children: ReactNode;
  /** Stays at the bottom. */
  footer?: ReactNode;
}

/** The navigation of an app. */
export function Sidebar({ header, children, footer }: SidebarProps) {
  const messages = useMessages();
  return (
    <div className="alga-Sidebar">
      {header !== undefined && <div className="alga-Sidebar-header">{header}</div>}
      <nav className="alga-Sidebar-nav" aria-label={messages.navigation}>
        {children}
      </nav>
      {footer !== undefined && <div className="alga-Sidebar-footer">{footer}</div>}
    </div>
  );
}

export interface SidebarSectionProps {
  title?: string;
  children: ReactNode;
}

export function SidebarSection({ title, children }: SidebarSectionProps) {
  const id = useId();
  return (
    <div
      className="alga-SidebarSection"
      {...(title === undefined ? {} : { role: 'group', 'aria-labelledby': id })}
    >
      {title !== undefined && (
        <div id={id} className="alga-SidebarSection-title">
          {title}
        </div>
      )}
      {children}
    </div>
  );
}

export interface SidebarItemProps {
  href: string;
  icon?: ReactNode;
  children: ReactNode;
  /** At the end: a count or a `Badge`. */
  badge?: ReactNode;
  /** Whether this is the page, or the part of the app, that is shown. */
  isCurrent?: boolean;
}

export function SidebarItem({ href, icon, children, badge, isCurrent = false }: SidebarItemProps) {
  const drawer = useContext(SidebarContext);
  return (
    <Link
      href={href}
      className="alga-SidebarItem"
      aria-current={isCurrent ? 'page' : undefined}
      onPress={drawer?.close}
    >
      {icon}
      <span className="alga-SidebarItem-text">{children}</span>
      {badge !== undefined && <span className="alga-SidebarItem-badge">{badge}</span>}
    </Link>
  );
}
