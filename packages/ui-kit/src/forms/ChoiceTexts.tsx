import type { ReactNode } from 'react';
import { Text } from 'react-aria-components';
import { FieldErrorText, type FieldTexts } from './FieldParts.tsx';

export interface ChoiceTextsProps {
  description?: ReactNode;
  errorMessage?: FieldTexts['errorMessage'];
}

/** What stands under the label of a checkbox, radio or switch. */
export function ChoiceTexts({ description, errorMessage }: ChoiceTextsProps) {
  return (
    <>
      {description !== undefined && (
        <Text slot="description" className="alga-Choice-description">
          {description}
        </Text>
      )}
      <FieldErrorText errorMessage={errorMessage} />
    </>
  );
}
