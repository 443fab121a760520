import type { ReactNode } from 'react';
import { Link as AriaLink, type LinkProps as AriaLinkProps } from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import type { ButtonVariant, ControlSize } from './Button.tsx';

export interface ButtonLinkProps extends Omit<AriaLinkProps, 'children'> {
  children: ReactNode;
  href: string;
  variant?: ButtonVariant;
  size?: ControlSize;
  icon?: ReactNode;
}

/** A link that looks like a button: for going somewhere, where `Button` does something. */
export function ButtonLink({
  children,
  variant = 'secondary',
  size = 'md',
  icon,
  className,
  ...props
}: ButtonLinkProps) {
  return (
    <AriaLink
      {...props}
      className={withClass('alga-Button', className)}
      data-variant={variant}
      data-size={size}
    >
      <span className="alga-Button-content">
        {icon}
        <span className="alga-Button-text">{children}</span>
      </span>
    </AriaLink>
  );
}
