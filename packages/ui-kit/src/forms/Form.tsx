import type { ReactNode } from 'react';
import { Form as AriaForm, type FormProps as AriaFormProps } from 'react-aria-components';
import { join } from '../internal/className.ts';
import { useSandboxedSubmit } from './useSandboxedSubmit.ts';

export interface FormProps extends AriaFormProps {
  /** Fields side by side where there is room for it: at least 16 rem each. */
  columns?: 1 | 2;
}

/**
 * Fields under each other with the kit's spacing. `validationErrors` takes a server's answer, from a field's `name` to its
 * message or messages, and shows each at its field until that field changes. `onSubmit` is called in sandboxed frames too.
 */
export function Form({ columns = 1, className, ...props }: FormProps) {
  const ref = useSandboxedSubmit();
  return <AriaForm {...props} ref={ref} className={join('alga-Form', className)} data-columns={columns} />;
}

export interface FormActionsProps {
  children: ReactNode;
}

/** The buttons at the end of a form. */
export function FormActions({ children }: FormActionsProps) {
  return <div className="alga-FormActions">{children}</div>;
}
