import { Search, X } from 'lucide-react';
import {
  Button as AriaButton,
  Group,
  Input as AriaInput,
  SearchField,
  type SearchFieldProps,
} from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { useMessages } from '../theme/messages.ts';
import { FieldParts, type FieldTexts } from './FieldParts.tsx';

export interface SearchInputProps extends Omit<SearchFieldProps, 'children'>, FieldTexts {
  placeholder?: string;
}

/** A search box: Escape or its button clears it, Enter calls `onSubmit`. Without a label, it is named "Search". */
export function SearchInput({
  label,
  description,
  errorMessage,
  placeholder,
  className,
  ...props
}: SearchInputProps) {
  const messages = useMessages();
  return (
    <SearchField
      {...props}
      aria-label={props['aria-label'] ?? (label === undefined ? messages.search : undefined)}
      className={withClass('alga-Field alga-SearchInput', className)}
    >
      {({ isEmpty }) => (
        <FieldParts
          label={label}
          description={description}
          errorMessage={errorMessage}
          isRequired={props.isRequired}
        >
          <Group className="alga-Control">
            <Search className="alga-Control-icon" aria-hidden="true" />
            <AriaInput className="alga-Control-input" placeholder={placeholder ?? messages.search} />
            {!isEmpty && (
              <AriaButton className="alga-Control-button" aria-label={messages.clear}>
                <X aria-hidden="true" />
              </AriaButton>
            )}
          </Group>
        </FieldParts>
      )}
    </SearchField>
  );
}
