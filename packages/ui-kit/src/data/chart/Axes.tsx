import type { Frame } from './chartTypes.ts';
import { labelStride } from './makeFrame.ts';

interface AxesProps {
  frame: Frame;
  labels: readonly string[];
  format: (value: number) => string;
}

export function Axes({ frame, labels, format }: AxesProps) {
  const stride = labelStride(labels, frame.step);
  return (
    <g className="alga-Chart-axes">
      {frame.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={frame.left}
            x2={frame.right}
            y1={frame.y(tick)}
            y2={frame.y(tick)}
            data-zero={tick === 0 || undefined}
          />
          <text x={frame.left - 8} y={frame.y(tick)} dy="0.32em" textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {labels.map(
        (label, index) =>
          index % stride === 0 && (
            <text key={index} x={frame.x(index)} y={frame.bottom + 18} textAnchor="middle">
              {label}
            </text>
          ),
      )}
    </g>
  );
}
