import { TextArea as AriaTextArea, TextField, type TextFieldProps } from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { FieldParts, type FieldTexts } from './FieldParts.tsx';

export interface TextAreaProps extends Omit<TextFieldProps, 'children' | 'type'>, FieldTexts {
  placeholder?: string;
  /** Lines shown at first, 3 unless given; the reader can drag it taller. */
  rows?: number;
  /** For code and JSON. */
  isMonospaced?: boolean;
}

/** Several lines of text, with their label. */
export function TextArea({
  label,
  description,
  errorMessage,
  placeholder,
  rows = 3,
  isMonospaced = false,
  className,
  ...props
}: TextAreaProps) {
  return (
    <TextField {...props} className={withClass('alga-Field', className)}>
      <FieldParts
        label={label}
        description={description}
        errorMessage={errorMessage}
        isRequired={props.isRequired}
      >
        <AriaTextArea
          className="alga-Control alga-TextArea"
          placeholder={placeholder}
          rows={rows}
          data-monospaced={isMonospaced || undefined}
        />
      </FieldParts>
    </TextField>
  );
}
