import type { ReactNode } from 'react';
import {
  CheckboxGroup as AriaCheckboxGroup,
  type CheckboxGroupProps as AriaCheckboxGroupProps,
} from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { FieldParts, type FieldTexts } from './FieldParts.tsx';

export interface CheckboxGroupProps extends Omit<AriaCheckboxGroupProps, 'children'>, FieldTexts {
  /** `Checkbox` elements, each with a `value`. */
  children: ReactNode;
}

/** Any number of choices under one label; its value is the list of those that are on. */
export function CheckboxGroup({
  label,
  description,
  errorMessage,
  children,
  className,
  ...props
}: CheckboxGroupProps) {
  return (
    <AriaCheckboxGroup {...props} className={withClass('alga-Field', className)}>
      <FieldParts
        label={label}
        description={description}
        errorMessage={errorMessage}
        isRequired={props.isRequired}
      >
        <div className="alga-ChoiceGroup">{children}</div>
      </FieldParts>
    </AriaCheckboxGroup>
  );
}
