import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  CheckboxButton,
  CheckboxField,
  type CheckboxFieldProps as AriaCheckboxFieldProps,
} from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { ChoiceTexts, type ChoiceTextsProps } from './ChoiceTexts.tsx';

export interface CheckboxProps extends Omit<AriaCheckboxFieldProps, 'children'>, ChoiceTextsProps {
  /** Its label. Without one, give `aria-label`. */
  children?: ReactNode;
}

/** On, off, or (`isIndeterminate`) partly on. */
export function Checkbox({ children, description, errorMessage, className, ...props }: CheckboxProps) {
  return (
    <CheckboxField {...props} className={withClass('alga-Choice', className)}>
      <CheckboxButton className="alga-Checkbox">
        {({ isSelected, isIndeterminate }) => (
          <>
            <span className="alga-Checkbox-box" aria-hidden="true">
              {isIndeterminate ? <Minus /> : isSelected && <Check />}
            </span>
            {children}
          </>
        )}
      </CheckboxButton>
      <ChoiceTexts description={description} errorMessage={errorMessage} />
    </CheckboxField>
  );
}
