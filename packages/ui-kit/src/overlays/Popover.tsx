import type { ReactElement, ReactNode } from 'react';
import {
  Dialog as AriaDialog,
  DialogTrigger,
  Heading,
  Popover as AriaPopover,
  type PopoverProps as AriaPopoverProps,
} from 'react-aria-components';

export interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement;
  /** Shown as a heading and read out as its name. */
  title?: string;
  /** Its name where there is no `title`. */
  'aria-label'?: string;
  children: ReactNode | ((options: { close: () => void }) => ReactNode);
  placement?: AriaPopoverProps['placement'];
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** A small panel beside its button. Escape or a press outside closes it, and the focus goes back to the button. */
export function Popover({
  trigger,
  title,
  children,
  placement = 'bottom start',
  isOpen,
  onOpenChange,
  ...props
}: PopoverProps) {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <AriaPopover className="alga-Popover" placement={placement} offset={6}>
        <AriaDialog className="alga-Popover-dialog" aria-label={props['aria-label']}>
          {({ close }) => (
            <>
              {title !== undefined && (
                <Heading slot="title" className="alga-Popover-title">
                  {title}
                </Heading>
              )}
              {typeof children === 'function' ? children({ close }) : children}
            </>
          )}
        </AriaDialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
