import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Spinner } from '../feedback/Spinner.tsx';
import { withClass } from '../internal/className.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ControlSize = 'sm' | 'md' | 'lg';

export interface ButtonProps extends Omit<AriaButtonProps, 'children'> {
  children: ReactNode;
  /** `secondary` unless given; one `primary` a view reads best. */
  variant?: ButtonVariant;
  /** Height: `sm` 28 px, `md` 34 px (unless given), `lg` 40 px. */
  size?: ControlSize;
  /** Before the text. */
  icon?: ReactNode;
  /** After the text. */
  trailingIcon?: ReactNode;
  /** As wide as its container. */
  isFullWidth?: boolean;
}

/** A button; `onPress` fires for mouse, touch, keyboard and assistive technology alike. `isPending` keeps focus and width. */
export function Button({
  children,
  variant = 'secondary',
  size = 'md',
  icon,
  trailingIcon,
  isFullWidth = false,
  className,
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      className={withClass('alga-Button', className)}
      data-variant={variant}
      data-size={size}
      data-full-width={isFullWidth || undefined}
    >
      {({ isPending }) => (
        <>
          <span className="alga-Button-content">
            {icon}
            <span className="alga-Button-text">{children}</span>
            {trailingIcon}
          </span>
          {isPending && <Spinner className="alga-Button-spinner" size="sm" />}
        </>
      )}
    </AriaButton>
  );
}
