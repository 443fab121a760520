import type { PlotProps } from './chartTypes.ts';

/** Widest bar, in pixels. */
const widest = 36;

export function BarPlot({ labels, series, frame, activeIndex }: PlotProps) {
  const group = Math.min(frame.step * 0.7, widest * series.length);
  const gap = series.length > 1 ? 2 : 0;
  const width = Math.max(1, group / series.length - gap);
  const zero = frame.y(0);
  return (
    <>
      {labels.map((_, place) => (
        <g
          key={place}
          className="alga-Chart-group"
          data-dimmed={(activeIndex !== null && activeIndex !== place) || undefined}
        >
          {series.map((one, index) => {
            const value = one.values[place] ?? null;
            if (value === null) return null;
            const end = frame.y(value);
            return (
              <rect
                key={one.name}
                data-series={(index % 6) + 1}
                className="alga-Chart-bar"
                x={frame.x(place) - group / 2 + index * (width + gap) + gap / 2}
                y={Math.min(zero, end)}
                width={width}
                height={Math.max(Math.abs(zero - end), value === 0 ? 0 : 1)}
                rx={Math.min(3, width / 2)}
              />
            );
          })}
        </g>
      ))}
    </>
  );
}
