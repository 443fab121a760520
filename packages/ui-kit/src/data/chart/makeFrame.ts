import { scaleBand, scaleLinear } from 'd3-scale';
import type { ChartSeries, Frame } from './chartTypes.ts';

interface FrameOptions {
  labels: readonly string[];
  series: readonly ChartSeries[];
  width: number;
  height: number;
  format: (value: number) => string;
}

/** An estimate that errs on the wide side: text is not measured, so that the first paint is right. */
const characterWidth = 7;

/** Lays out axes: values from zero, or from below it, to a round number; labels in equal places. */
export function makeFrame({ labels, series, width, height, format }: FrameOptions): Frame {
  const values = series.flatMap((one) => one.values).filter((value) => value !== null);
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const top = 10;
  const bottom = height - 26;
  const y = scaleLinear([low, high === low ? low + 1 : high], [bottom, top]).nice(4);
  const ticks = y.ticks(4);
  const left = 10 + Math.max(...ticks.map((tick) => format(tick).length)) * characterWidth;
  const right = width - 8;
  const indices = labels.map((_, index) => String(index));
  const band = scaleBand(indices, [left, right]);
  return {
    left,
    top,
    right,
    bottom,
    step: band.bandwidth(),
    x: (index) => (band(String(index)) ?? left) + band.bandwidth() / 2,
    y: (value) => y(value),
    ticks,
  };
}

/** Every how many labels one fits, so that they do not touch. */
export function labelStride(labels: readonly string[], step: number): number {
  const widest = Math.max(1, ...labels.map((label) => label.length)) * characterWidth + 12;
  return Math.max(1, Math.ceil(widest / Math.max(step, 1)));
}
