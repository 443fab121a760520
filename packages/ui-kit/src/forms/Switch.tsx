import type { ReactNode } from 'react';
import { SwitchButton, SwitchField, type SwitchFieldProps } from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { ChoiceTexts, type ChoiceTextsProps } from './ChoiceTexts.tsx';

export interface SwitchProps extends Omit<SwitchFieldProps, 'children'>, ChoiceTextsProps {
  /** Its label. Without one, give `aria-label`. */
  children?: ReactNode;
}

/** On or off, at once: for a setting that needs no Save. */
export function Switch({ children, description, errorMessage, className, ...props }: SwitchProps) {
  return (
    <SwitchField {...props} className={withClass('alga-Choice', className)}>
      <SwitchButton className="alga-Switch">
        <span className="alga-Switch-track" aria-hidden="true">
          <span className="alga-Switch-thumb" />
        </span>
        {children}
      </SwitchButton>
      <ChoiceTexts description={description} errorMessage={errorMessage} />
    </SwitchField>
  );
}
