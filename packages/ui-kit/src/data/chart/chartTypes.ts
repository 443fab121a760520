export interface ChartSeries {
  /** Unique in the chart, and its name in the legend. */
  name: string;
  /** One for each label; `null` leaves a gap. */
  values: readonly (number | null)[];
}

export interface PlotProps {
  labels: readonly string[];
  series: readonly ChartSeries[];
  frame: Frame;
  /** The label under the pointer. */
  activeIndex: number | null;
}

/** The inner rectangle of the drawing, and where values and labels lie on it. */
export interface Frame {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** The middle of a label's place. */
  x: (index: number) => number;
  /** The width of a label's place. */
  step: number;
  y: (value: number) => number;
  /** Round values, from the lowest to the highest. */
  ticks: readonly number[];
}
