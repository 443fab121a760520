import { Minus, Plus } from 'lucide-react';
import {
  Button as AriaButton,
  Group,
  Input as AriaInput,
  NumberField,
  type NumberFieldProps,
} from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { FieldParts, type FieldTexts } from './FieldParts.tsx';

export interface NumberInputProps extends Omit<NumberFieldProps, 'children'>, FieldTexts {
  placeholder?: string;
}

/** A number in the reader's own notation; arrow keys step, and what is out of `minValue` and `maxValue` is brought back. */
export function NumberInput({
  label,
  description,
  errorMessage,
  placeholder,
  className,
  ...props
}: NumberInputProps) {
  return (
    <NumberField {...props} className={withClass('alga-Field', className)}>
      <FieldParts
        label={label}
        description={description}
        errorMessage={errorMessage}
        isRequired={props.isRequired}
      >
        <Group className="alga-Control">
          <AriaInput className="alga-Control-input" placeholder={placeholder} />
          <AriaButton slot="decrement" className="alga-Control-button">
            <Minus aria-hidden="true" />
          </AriaButton>
          <AriaButton slot="increment" className="alga-Control-button">
            <Plus aria-hidden="true" />
          </AriaButton>
        </Group>
      </FieldParts>
    </NumberField>
  );
}
