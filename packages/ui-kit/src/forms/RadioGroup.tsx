import type { ReactNode } from 'react';
import {
  RadioButton,
  RadioField,
  RadioGroup as AriaRadioGroup,
  Text,
  type RadioFieldProps,
  type RadioGroupProps as AriaRadioGroupProps,
} from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { FieldParts, type FieldTexts } from './FieldParts.tsx';

export interface RadioGroupProps extends Omit<AriaRadioGroupProps, 'children'>, FieldTexts {
  /** `Radio` elements. */
  children: ReactNode;
}

/** One of a few choices, all in sight; arrow keys move between them. */
export function RadioGroup({
  label,
  description,
  errorMessage,
  children,
  className,
  ...props
}: RadioGroupProps) {
  return (
    <AriaRadioGroup {...props} className={withClass('alga-Field', className)}>
      <FieldParts
        label={label}
        description={description}
        errorMessage={errorMessage}
        isRequired={props.isRequired}
      >
        <div className="alga-ChoiceGroup" data-orientation={props.orientation ?? 'vertical'}>
          {children}
        </div>
      </FieldParts>
    </AriaRadioGroup>
  );
}

export interface RadioProps extends Omit<RadioFieldProps, 'children'> {
  children: ReactNode;
  description?: ReactNode;
}

export function Radio({ children, description, className, ...props }: RadioProps) {
  return (
    <RadioField {...props} className={withClass('alga-Choice', className)}>
      <RadioButton className="alga-Radio">
        <span className="alga-Radio-dot" aria-hidden="true" />
        {children}
      </RadioButton>
      {description !== undefined && (
        <Text slot="description" className="alga-Choice-description">
          {description}
        </Text>
      )}
    </RadioField>
  );
}
