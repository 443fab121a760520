import type { ChartSeries } from './chartTypes.ts';

interface ChartTipProps {
  label: string;
  series: readonly ChartSeries[];
  index: number;
  /** Pixels from the left of the drawing. */
  x: number;
  /** Whether it stands left of the pointer. */
  isFlipped: boolean;
  format: (value: number) => string;
}

/** The values under the pointer; assistive technology has them in the table. */
export function ChartTip({ label, series, index, x, isFlipped, format }: ChartTipProps) {
  return (
    <div
      className="alga-Chart-tip"
      aria-hidden="true"
      data-flipped={isFlipped || undefined}
      style={{ left: `${x}px` }}
    >
      <div className="alga-Chart-tipLabel">{label}</div>
      {series.map((one, place) => {
        const value = one.values[index] ?? null;
        return (
          <div key={one.name} className="alga-Chart-tipRow" data-series={(place % 6) + 1}>
            <span className="alga-Chart-swatch" />
            <span>{one.name}</span>
            <strong>{value === null ? '–' : format(value)}</strong>
          </div>
        );
      })}
    </div>
  );
}
