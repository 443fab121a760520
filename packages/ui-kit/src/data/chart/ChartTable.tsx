import { Table } from '../Table.tsx';
import type { ChartSeries } from './chartTypes.ts';

interface ChartTableProps {
  caption: string;
  labelHeader: string;
  labels: readonly string[];
  series: readonly ChartSeries[];
  format: (value: number) => string;
}

export function ChartTable({ caption, labelHeader, labels, series, format }: ChartTableProps) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <th scope="col">{labelHeader}</th>
          {series.map((one) => (
            <th key={one.name} scope="col" data-align="end">
              {one.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label, index) => (
          <tr key={index}>
            <th scope="row">{label}</th>
            {series.map((one) => {
              const value = one.values[index] ?? null;
              return (
                <td key={one.name} data-align="end">
                  {value === null ? '–' : format(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
