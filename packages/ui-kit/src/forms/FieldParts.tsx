import { useContext, useState, type ReactNode } from 'react';
import { FieldErrorContext, Text, type ValidationResult } from 'react-aria-components';
import { CircleAlert } from 'lucide-react';
import { Label } from './Label.tsx';
import { useSteady } from './useSteady.ts';

/** What every field of this kit takes. */
export interface FieldTexts {
  /** Its name. Without one, give `aria-label`. */
  label?: ReactNode;
  /** Help that stays, under the control. */
  description?: ReactNode;
  /** Shown while the field is invalid (`isInvalid`, `validate`, or a server's answer by `Form`). */
  errorMessage?: ReactNode | ((validation: ValidationResult) => ReactNode);
}

interface FieldPartsProps extends FieldTexts {
  isRequired?: boolean;
  children: ReactNode;
}

/** Label above, control, help and error below: the same for every field. React Aria's contexts tie the ids together. */
export function FieldParts({ label, description, errorMessage, isRequired, children }: FieldPartsProps) {
  return (
    <>
      {label !== undefined && <Label isRequired={isRequired}>{label}</Label>}
      {children}
      {description !== undefined && (
        <Text slot="description" className="alga-Field-description">
          {description}
        </Text>
      )}
      <FieldErrorText errorMessage={errorMessage} />
    </>
  );
}

/** The caller's message, or what the browser or the field's `validate` says; nothing while the field is valid. */
export function FieldErrorText({ errorMessage }: Pick<FieldTexts, 'errorMessage'>) {
  const validation = useContext(FieldErrorContext);
  const current = validation?.isInvalid === true ? textOf(validation, errorMessage) : undefined;
  const shown = useSteady(current);
  // The field looks for this element when it becomes invalid, and describes itself by it from then on: it stays.
  const [isNeeded, setNeeded] = useState(false);
  if (current && !isNeeded) setNeeded(true);
  if (!isNeeded) return null;
  const text = shown ?? current;
  return (
    <Text slot="errorMessage" className="alga-Field-error" hidden={!shown}>
      {text && (
        <>
          <CircleAlert aria-hidden="true" />
          <span>{text}</span>
        </>
      )}
    </Text>
  );
}

function textOf(validation: ValidationResult, errorMessage: FieldTexts['errorMessage']): ReactNode {
  return typeof errorMessage === 'function'
    ? errorMessage(validation)
    : (errorMessage ?? validation.validationErrors.join(' '));
}
