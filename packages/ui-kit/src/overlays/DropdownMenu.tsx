import { Check, ChevronRight } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import {
  Header,
  Keyboard,
  Menu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
  Popover,
  Separator,
  SubmenuTrigger,
  Text,
  type MenuItemProps as AriaMenuItemProps,
  type MenuProps,
  type PopoverProps,
} from 'react-aria-components';
import { withClass } from '../internal/className.ts';

export interface DropdownMenuProps extends Pick<
  MenuProps<object>,
  'onAction' | 'selectionMode' | 'selectedKeys' | 'onSelectionChange' | 'disabledKeys'
> {
  /** The button that opens it. */
  trigger: ReactElement;
  /** `MenuItem`, `MenuSection`, `MenuSeparator`, `Submenu`. */
  children: ReactNode;
  placement?: PopoverProps['placement'];
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** A menu of actions: arrow keys move, letters jump, Enter acts, Escape closes. */
export function DropdownMenu({
  trigger,
  children,
  placement = 'bottom start',
  isOpen,
  onOpenChange,
  ...menu
}: DropdownMenuProps) {
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <Popover className="alga-Popover alga-MenuPopover" placement={placement} offset={4}>
        <Menu {...menu} className="alga-Menu">
          {children}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

export interface MenuItemProps extends Omit<AriaMenuItemProps, 'children'> {
  children: ReactNode;
  icon?: ReactNode;
  description?: ReactNode;
  /** Shown at the end, such as `⌘K`; it does not bind the key. */
  shortcut?: string;
  tone?: 'default' | 'danger';
}

export function MenuItem({
  children,
  icon,
  description,
  shortcut,
  tone = 'default',
  className,
  ...props
}: MenuItemProps) {
  return (
    <AriaMenuItem
      {...props}
      className={withClass('alga-MenuItem', className)}
      data-tone={tone}
      textValue={props.textValue ?? (typeof children === 'string' ? children : undefined)}
    >
      {({ hasSubmenu, selectionMode, isSelected }) => (
        <>
          {selectionMode !== 'none' && (
            <span className="alga-MenuItem-check" aria-hidden="true">
              {isSelected && <Check />}
            </span>
          )}
          {icon}
          <span className="alga-MenuItem-content">
            <Text slot="label">{children}</Text>
            {description !== undefined && (
              <Text slot="description" className="alga-MenuItem-description">
                {description}
              </Text>
            )}
          </span>
          {shortcut !== undefined && <Keyboard className="alga-MenuItem-shortcut">{shortcut}</Keyboard>}
          {hasSubmenu && <ChevronRight className="alga-MenuItem-chevron" aria-hidden="true" />}
        </>
      )}
    </AriaMenuItem>
  );
}

export interface MenuSectionProps {
  title: string;
  children: ReactNode;
}

export function MenuSection({ title, children }: MenuSectionProps) {
  return (
    <AriaMenuSection className="alga-MenuSection">
      <Header className="alga-MenuSection-title">{title}</Header>
      {children}
    </AriaMenuSection>
  );
}

export function MenuSeparator() {
  return <Separator className="alga-MenuSeparator" />;
}

export interface SubmenuProps extends Pick<MenuProps<object>, 'onAction'> {
  /** The item that opens it. */
  item: ReactElement;
  children: ReactNode;
}

export function Submenu({ item, children, onAction }: SubmenuProps) {
  return (
    <SubmenuTrigger>
      {item}
      <Popover className="alga-Popover alga-MenuPopover" offset={-2} crossOffset={-5}>
        <Menu className="alga-Menu" onAction={onAction}>
          {children}
        </Menu>
      </Popover>
    </SubmenuTrigger>
  );
}
