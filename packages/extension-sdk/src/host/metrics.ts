import { hostApi } from '../runtime/bindings.ts';
import { finite, pairs, text } from '../runtime/checked.ts';
import type { MetricKind } from '../runtime/wire.ts';

/** Low-cardinality labels of a measurement. */
export type MetricTags = Readonly<Record<string, string | number | boolean>>;

function emit(kind: MetricKind, name: string, value: number, tags: MetricTags = {}): void {
  hostApi('metrics').emit(
    text(name, 'A metric name'),
    kind,
    finite(value, 'A metric value'),
    pairs(tags, 'Metric tag'),
  );
}

/** Custom metrics. Needs the capability `metrics.emit`; without it, measurements are dropped by the platform. */
export const metrics = {
  /** Adds `value` (default 1) to a counter. */
  count: (name: string, value = 1, tags?: MetricTags): void => {
    emit('counter', name, value, tags);
  },
  /** Sets a gauge. */
  gauge: (name: string, value: number, tags?: MetricTags): void => {
    emit('gauge', name, value, tags);
  },
  /** Records one value of a distribution. */
  record: (name: string, value: number, tags?: MetricTags): void => {
    emit('histogram', name, value, tags);
  },
} as const;
