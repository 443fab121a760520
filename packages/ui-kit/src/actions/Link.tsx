import { Link as AriaLink, type LinkProps as AriaLinkProps } from 'react-aria-components';
import { withClass } from '../internal/className.ts';

export type LinkProps = AriaLinkProps;

/** A link in text; `href` goes through `UIProvider`'s `navigate` where there is one. */
export function Link({ className, ...props }: LinkProps) {
  return <AriaLink {...props} className={withClass('alga-Link', className)} />;
}
