import type { ReactElement, ReactNode } from 'react';
import {
  Tooltip as AriaTooltip,
  TooltipTrigger,
  type TooltipProps as AriaTooltipProps,
} from 'react-aria-components';

export interface TooltipProps {
  /** A few words. What must be known to use the page does not belong in a tooltip: touch has none. */
  content: ReactNode;
  /** A focusable element of this kit, such as `Button` or `Link`. */
  children: ReactElement;
  placement?: AriaTooltipProps['placement'];
  /** Milliseconds under the pointer before it shows; 500 unless given. The keyboard's focus shows it at once. */
  delay?: number;
}

/** Explains a control on hover and on keyboard focus; Escape hides it. */
export function Tooltip({ content, children, placement = 'top', delay = 500 }: TooltipProps) {
  return (
    <TooltipTrigger delay={delay} closeDelay={100}>
      {children}
      <AriaTooltip className="alga-Tooltip" placement={placement} offset={6}>
        {content}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
