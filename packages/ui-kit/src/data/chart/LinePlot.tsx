import { curveMonotoneX, line } from 'd3-shape';
import type { PlotProps } from './chartTypes.ts';

export function LinePlot({ series, frame, activeIndex }: PlotProps) {
  const draw = line<number | null>()
    .defined((value) => value !== null)
    .x((_, index) => frame.x(index))
    .y((value) => frame.y(value ?? 0))
    .curve(curveMonotoneX);
  return (
    <>
      {activeIndex !== null && (
        <line
          className="alga-Chart-cursor"
          x1={frame.x(activeIndex)}
          x2={frame.x(activeIndex)}
          y1={frame.top}
          y2={frame.bottom}
        />
      )}
      {series.map((one, index) => (
        <g key={one.name} data-series={(index % 6) + 1}>
          <path className="alga-Chart-line" d={draw([...one.values]) ?? undefined} />
          {one.values.map((value, place) => {
            const isAlone =
              (one.values[place - 1] ?? null) === null && (one.values[place + 1] ?? null) === null;
            return (
              value !== null &&
              (place === activeIndex || isAlone) && (
                <circle
                  key={place}
                  className="alga-Chart-point"
                  cx={frame.x(place)}
                  cy={frame.y(value)}
                  r="4"
                />
              )
            );
          })}
        </g>
      ))}
    </>
  );
}
