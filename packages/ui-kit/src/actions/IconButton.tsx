import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { Tooltip } from '../overlays/Tooltip.tsx';
import type { ButtonVariant, ControlSize } from './Button.tsx';

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'aria-label'> {
  /** What it does: its accessible name and its tooltip. */
  label: string;
  /** The icon; drawn at 16 px. */
  children: ReactNode;
  /** `ghost` unless given. */
  variant?: ButtonVariant;
  size?: ControlSize;
}

/** A square button with an icon only. */
export function IconButton({
  label,
  children,
  variant = 'ghost',
  size = 'md',
  className,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip content={label}>
      <AriaButton
        {...props}
        aria-label={label}
        className={withClass('alga-Button alga-IconButton', className)}
        data-variant={variant}
        data-size={size}
      >
        {children}
      </AriaButton>
    </Tooltip>
  );
}
