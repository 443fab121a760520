import { CircleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { Label } from './Label.tsx';
import { useSteady } from './useSteady.ts';

/** Spread these on the control. */
export interface FieldControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}

export interface FieldProps {
  label: ReactNode;
  description?: ReactNode;
  /** The control is invalid while this is given. */
  error?: ReactNode;
  isRequired?: boolean;
  children: (control: FieldControlProps) => ReactNode;
}

/** Gives a control of your own the label, help and error of this kit's fields. */
export function Field({ label, description, error, isRequired = false, children }: FieldProps) {
  const id = useId();
  const descriptionId = `${id}-description`;
  const errorId = `${id}-error`;
  const shown = useSteady(error);
  const describedBy = [description !== undefined && descriptionId, shown !== undefined && errorId]
    .filter(Boolean)
    .join(' ');
  return (
    <div className="alga-Field">
      <Label htmlFor={id} isRequired={isRequired}>
        {label}
      </Label>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error !== undefined || undefined,
        'aria-required': isRequired || undefined,
      })}
      {description !== undefined && (
        <span id={descriptionId} className="alga-Field-description">
          {description}
        </span>
      )}
      {shown !== undefined && (
        <span id={errorId} className="alga-Field-error">
          <CircleAlert aria-hidden="true" />
          <span>{shown}</span>
        </span>
      )}
    </div>
  );
}
