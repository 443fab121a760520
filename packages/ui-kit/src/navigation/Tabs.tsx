import type { ReactNode } from 'react';
import {
  Tab as AriaTab,
  TabList as AriaTabList,
  TabPanel as AriaTabPanel,
  Tabs as AriaTabs,
  type TabListProps as AriaTabListProps,
  type TabPanelProps,
  type TabProps as AriaTabProps,
  type TabsProps,
} from 'react-aria-components';
import { withClass } from '../internal/className.ts';

export type { TabPanelProps, TabsProps };

/** Several views in one place; arrow keys move between the tabs. Give each `Tab` and its `TabPanel` the same `id`. */
export function Tabs({ className, ...props }: TabsProps) {
  return <AriaTabs {...props} className={withClass('alga-Tabs', className)} />;
}

export interface TabListProps extends Omit<AriaTabListProps<object>, 'children'> {
  /** What the tabs are views of. */
  'aria-label': string;
  children: ReactNode;
}

export function TabList({ className, children, ...props }: TabListProps) {
  return (
    <AriaTabList {...props} className={withClass('alga-TabList', className)}>
      {children}
    </AriaTabList>
  );
}

export interface TabProps extends Omit<AriaTabProps, 'children'> {
  children: ReactNode;
  icon?: ReactNode;
  /** After the text: a count. */
  badge?: ReactNode;
}

export function Tab({ children, icon, badge, className, ...props }: TabProps) {
  return (
    <AriaTab {...props} className={withClass('alga-Tab', className)}>
      {icon}
      {children}
      {badge !== undefined && <span className="alga-Tab-badge">{badge}</span>}
    </AriaTab>
  );
}

export function TabPanel({ className, ...props }: TabPanelProps) {
  return <AriaTabPanel {...props} className={withClass('alga-TabPanel', className)} />;
}
