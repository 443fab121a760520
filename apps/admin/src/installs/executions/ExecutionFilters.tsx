import { DatePicker, Input, type SelectOption } from '@alga/ui-kit';
import { useMemo } from 'react';
import type { ExecutionFilter } from '../../api/executions.ts';
import type { Version } from '../../api/types.ts';
import { FilterSelect } from '../../common/FilterSelect.tsx';
import { texts } from '../../texts.ts';
import { CODES } from './codes.ts';

/** Props of {@link ExecutionFilters}. */
export interface ExecutionFiltersProps {
  /** Its endpoints are offered. */
  readonly version: Version;
  readonly value: ExecutionFilter;
  readonly onChange: (filter: ExecutionFilter) => void;
}

const words = texts.executions;
const STATUSES = Object.entries(words.statusClasses).map(([id, label]): SelectOption => ({ id, label }));
const CODE_OPTIONS = CODES.map((code): SelectOption => ({ id: code, label: code }));

/** Which executions are shown. Days are the reader's own; the last one is included. */
export function ExecutionFilters({ version, value, onChange }: ExecutionFiltersProps) {
  const endpoints = useMemo<readonly SelectOption[]>(() => {
    const paths = [...new Set(version.endpoints.map(({ path }) => path))];
    return paths.map((path) => ({ id: path, label: path }));
  }, [version]);
  const set = (change: Partial<ExecutionFilter>) => {
    onChange({ ...value, ...change });
  };

  return (
    <div className="Filters" role="group" aria-label={words.filters}>
      <FilterSelect
        label={words.status}
        anyLabel={words.anyStatus}
        options={STATUSES}
        value={value.status}
        onChange={(status) => {
          set({ status });
        }}
      />
      <FilterSelect
        label={words.code}
        anyLabel={words.anyCode}
        options={CODE_OPTIONS}
        isSearchable
        value={value.code}
        onChange={(code) => {
          set({ code });
        }}
      />
      <FilterSelect
        label={words.endpoint}
        anyLabel={words.anyEndpoint}
        options={endpoints}
        value={value.endpoint}
        onChange={(endpoint) => {
          set({ endpoint });
        }}
      />
      <Input
        label={words.user}
        value={value.user}
        onChange={(user) => {
          set({ user: user.trim() });
        }}
      />
      <DatePicker
        label={words.from}
        value={dayOf(value.from, 0)}
        onChange={(day) => {
          set({ from: instantOf(day, 0) });
        }}
      />
      <DatePicker
        label={words.to}
        value={dayOf(value.to, -1)}
        onChange={(day) => {
          set({ to: instantOf(day, 1) });
        }}
      />
    </div>
  );
}

// The registry takes instants, and the end is not included: the last day ends where the next one starts.
function instantOf(day: string | null, plusDays: number): string {
  if (day === null) return '';
  const start = new Date(`${day}T00:00:00`);
  start.setDate(start.getDate() + plusDays);
  return start.toISOString();
}

function dayOf(instant: string, plusDays: number): string | null {
  if (instant === '') return null;
  const day = new Date(instant);
  day.setDate(day.getDate() + plusDays);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
