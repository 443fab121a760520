import { DatePicker, Input, Select, type SelectOption } from '@alga/ui-kit';
import { useMemo } from 'react';
import type { ExecutionFilter } from '../../api/executions.ts';
import type { Version } from '../../api/types.ts';
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
const ANY = 'any';
const STATUSES: readonly SelectOption[] = [
  { id: ANY, label: words.anyStatus },
  ...Object.entries(words.statusClasses).map(([id, label]) => ({ id, label })),
];
const CODE_OPTIONS: readonly SelectOption[] = [
  { id: ANY, label: words.anyCode },
  ...CODES.map((code) => ({ id: code, label: code })),
];

/** Which executions are shown. Days are the reader's own; the last one is included. */
export function ExecutionFilters({ version, value, onChange }: ExecutionFiltersProps) {
  const endpoints = useMemo<readonly SelectOption[]>(() => {
    const paths = [...new Set(version.endpoints.map(({ path }) => path))];
    return [{ id: ANY, label: words.anyEndpoint }, ...paths.map((path) => ({ id: path, label: path }))];
  }, [version]);
  const set = (change: Partial<ExecutionFilter>) => {
    onChange({ ...value, ...change });
  };
  const chosen = (id: string) => (id === ANY ? '' : id);

  return (
    <div className="Filters" role="group" aria-label={words.filters}>
      <Select
        label={words.status}
        options={STATUSES}
        value={value.status || ANY}
        onChange={(status) => {
          set({ status: chosen(status) });
        }}
      />
      <Select
        label={words.code}
        options={CODE_OPTIONS}
        isSearchable
        value={value.code || ANY}
        onChange={(code) => {
          set({ code: chosen(code) });
        }}
      />
      <Select
        label={words.endpoint}
        options={endpoints}
        value={value.endpoint || ANY}
        onChange={(endpoint) => {
          set({ endpoint: chosen(endpoint) });
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
