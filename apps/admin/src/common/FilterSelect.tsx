import { Select, type SelectOption } from '@alga/ui-kit';
import { useMemo } from 'react';

/** Props of {@link FilterSelect}. */
export interface FilterSelectProps {
  readonly label: string;
  /** What is shown where nothing is chosen. */
  readonly anyLabel: string;
  readonly options: readonly SelectOption[];
  /** Empty for anything. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isSearchable?: boolean;
}

// An option needs an id that is not empty; no value of a filter is this.
const ANY = '*any*';

/** A choice that narrows a list down, or does not. */
export function FilterSelect({ anyLabel, options, value, onChange, ...rest }: FilterSelectProps) {
  const all = useMemo(() => [{ id: ANY, label: anyLabel }, ...options], [anyLabel, options]);
  return (
    <Select
      {...rest}
      options={all}
      value={value === '' ? ANY : value}
      onChange={(id) => {
        onChange(id === ANY ? '' : id);
      }}
    />
  );
}
