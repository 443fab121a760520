import { Label as AriaLabel, type LabelProps as AriaLabelProps } from 'react-aria-components';
import { join } from '../internal/className.ts';

export interface LabelProps extends AriaLabelProps {
  /** Adds a star; the control itself must say that it is required. */
  isRequired?: boolean;
}

/** Names a control. The fields of this kit draw their own: use it with `Field` or with a control of your own. */
export function Label({ isRequired = false, className, children, ...props }: LabelProps) {
  return (
    <AriaLabel {...props} className={join('alga-Label', className)}>
      {children}
      {isRequired && (
        <span className="alga-Label-required" aria-hidden="true">
          *
        </span>
      )}
    </AriaLabel>
  );
}
