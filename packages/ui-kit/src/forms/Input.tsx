import type { ReactNode } from 'react';
import { Group, Input as AriaInput, TextField, type TextFieldProps } from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { FieldParts, type FieldTexts } from './FieldParts.tsx';

export interface InputProps extends Omit<TextFieldProps, 'children'>, FieldTexts {
  placeholder?: string;
  /** Inside the frame, before the text: an icon or a unit. */
  prefix?: ReactNode;
  /** Inside the frame, after the text. */
  suffix?: ReactNode;
}

/** One line of text, with its label. `onChange` gets the text itself. */
export function Input({
  label,
  description,
  errorMessage,
  placeholder,
  prefix,
  suffix,
  className,
  ...props
}: InputProps) {
  return (
    <TextField {...props} className={withClass('alga-Field', className)}>
      <FieldParts
        label={label}
        description={description}
        errorMessage={errorMessage}
        isRequired={props.isRequired}
      >
        <Group className="alga-Control">
          {prefix !== undefined && <span className="alga-Control-affix">{prefix}</span>}
          <AriaInput className="alga-Control-input" placeholder={placeholder} />
          {suffix !== undefined && <span className="alga-Control-affix">{suffix}</span>}
        </Group>
      </FieldParts>
    </TextField>
  );
}
