import { Check, ChevronDown, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Autocomplete,
  Button as AriaButton,
  Group,
  Input as AriaInput,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  Select as AriaSelect,
  SelectValue,
  Text,
  useFilter,
  type SelectProps as AriaSelectProps,
} from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { useMessages } from '../theme/messages.ts';
import { FieldParts, type FieldTexts } from './FieldParts.tsx';

export interface SelectOption<Id extends string = string> {
  id: Id;
  /** What is shown, searched and read out. */
  label: string;
  description?: string;
  icon?: ReactNode;
  isDisabled?: boolean;
}

export interface SelectProps<Id extends string = string>
  extends
    Omit<
      AriaSelectProps<object>,
      | 'children'
      | 'value'
      | 'defaultValue'
      | 'onChange'
      | 'selectedKey'
      | 'defaultSelectedKey'
      | 'onSelectionChange'
      | 'selectionMode'
      | 'validate'
    >,
    FieldTexts {
  options: readonly SelectOption<Id>[];
  /** The chosen option's id; `null` for none. */
  value?: Id | null;
  defaultValue?: Id;
  onChange?: (value: Id) => void;
  /** Puts a search box over the options: for more than about ten. */
  isSearchable?: boolean;
}

/** One of several options. Arrow keys and letters choose; with `isSearchable`, what is typed filters. */
export function Select<Id extends string = string>({
  label,
  description,
  errorMessage,
  options,
  value,
  defaultValue,
  onChange,
  isSearchable = false,
  className,
  ...props
}: SelectProps<Id>) {
  return (
    <AriaSelect
      {...props}
      {...(value === undefined ? {} : { value })}
      {...(defaultValue === undefined ? {} : { defaultValue })}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange?.(chosen.id);
      }}
      className={withClass('alga-Field alga-Select', className)}
    >
      <FieldParts
        label={label}
        description={description}
        errorMessage={errorMessage}
        isRequired={props.isRequired}
      >
        <AriaButton className="alga-Control alga-Select-button">
          <SelectValue className="alga-Select-value">
            {({ isPlaceholder, selectedText, defaultChildren }) =>
              isPlaceholder ? defaultChildren : selectedText
            }
          </SelectValue>
          <ChevronDown className="alga-Control-icon" aria-hidden="true" />
        </AriaButton>
      </FieldParts>
      <Popover className="alga-Popover alga-MenuPopover alga-Select-popover" offset={4} maxHeight={320}>
        {isSearchable ? <SearchableOptions options={options} /> : <Options options={options} />}
      </Popover>
    </AriaSelect>
  );
}

function SearchableOptions({ options }: { options: readonly SelectOption[] }) {
  const messages = useMessages();
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <Autocomplete filter={contains}>
      <SearchField autoFocus aria-label={messages.search} className="alga-Select-search">
        <Group className="alga-Control">
          <Search className="alga-Control-icon" aria-hidden="true" />
          <AriaInput className="alga-Control-input" placeholder={messages.search} />
        </Group>
      </SearchField>
      <Options options={options} />
    </Autocomplete>
  );
}

function Options({ options }: { options: readonly SelectOption[] }) {
  const messages = useMessages();
  return (
    <ListBox
      className="alga-Menu"
      items={options}
      renderEmptyState={() => <div className="alga-Select-empty">{messages.noMatches}</div>}
    >
      {(option: SelectOption) => (
        <ListBoxItem
          id={option.id}
          textValue={option.label}
          isDisabled={option.isDisabled}
          className="alga-MenuItem"
        >
          {({ isSelected }) => (
            <>
              {option.icon}
              <span className="alga-MenuItem-content">
                <Text slot="label">{option.label}</Text>
                {option.description !== undefined && (
                  <Text slot="description" className="alga-MenuItem-description">
                    {option.description}
                  </Text>
                )}
              </span>
              {isSelected && <Check className="alga-Select-check" aria-hidden="true" />}
            </>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  );
}
