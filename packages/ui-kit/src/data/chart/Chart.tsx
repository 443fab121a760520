import { ChartColumn, Table as TableIcon } from 'lucide-react';
import { useId, useState, type PointerEvent, type ReactNode } from 'react';
import { useLocale } from 'react-aria-components';
import { IconButton } from '../../actions/IconButton.tsx';
import { Skeleton } from '../../feedback/Skeleton.tsx';
import { EmptyState } from '../../feedback/EmptyState.tsx';
import { useElementWidth } from '../../internal/useElementWidth.ts';
import { useMessages } from '../../theme/messages.ts';
import { Axes } from './Axes.tsx';
import { BarPlot } from './BarPlot.tsx';
import { ChartTable } from './ChartTable.tsx';
import { ChartTip } from './ChartTip.tsx';
import { LinePlot } from './LinePlot.tsx';
import type { ChartSeries } from './chartTypes.ts';
import { makeFrame } from './makeFrame.ts';

export interface ChartProps {
  kind: 'line' | 'bar';
  /** What is shown: its heading and its accessible name. */
  title: string;
  /** One sentence on what there is to see; read out with the title. */
  description?: ReactNode;
  /** Along the bottom. */
  labels: readonly string[];
  /** What the labels are, as a heading of the table: "Day". */
  labelHeader: string;
  /** Up to six; more repeat the colors. */
  series: readonly ChartSeries[];
  /** For axis, tooltip and table; the reader's own notation unless given. */
  formatValue?: (value: number) => string;
  /** Pixels; 240 unless given. The width is the container's. */
  height?: number;
  isLoading?: boolean;
  /** Shown instead of the chart when there is no value at all. */
  emptyState?: ReactNode;
}

/** Numbers as lines or bars, and the same numbers as a table at the press of a button. */
export function Chart(props: ChartProps) {
  const { kind, title, description, labels, series, height = 240, isLoading = false } = props;
  const id = useId();
  const messages = useMessages();
  const { locale } = useLocale();
  const [isTable, setTable] = useState(false);
  const [activeIndex, setActiveIndex] = useState<number | null>(null);
  const [container, width] = useElementWidth<HTMLDivElement>(640);
  const format = props.formatValue ?? ((value: number) => value.toLocaleString(locale));
  const isEmpty = !series.some((one) => one.values.some((value) => value !== null));
  const frame = makeFrame({ labels, series, width, height, format });
  const Plot = kind === 'line' ? LinePlot : BarPlot;

  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const index = Math.floor((x - frame.left) / frame.step);
    setActiveIndex(index >= 0 && index < labels.length ? index : null);
  };

  return (
    <figure className="alga-Chart" aria-busy={isLoading || undefined}>
      <figcaption className="alga-Chart-header">
        <div className="alga-Chart-titles">
          <div id={`${id}-title`} className="alga-Chart-title">
            {title}
          </div>
          {description !== undefined && (
            <div id={`${id}-description`} className="alga-Chart-description">
              {description}
            </div>
          )}
        </div>
        {!isEmpty && !isLoading && (
          <IconButton
            label={isTable ? messages.showChart : messages.showTable}
            size="sm"
            onPress={() => {
              setTable(!isTable);
            }}
          >
            {isTable ? <ChartColumn aria-hidden="true" /> : <TableIcon aria-hidden="true" />}
          </IconButton>
        )}
      </figcaption>
      {series.length > 1 && !isTable && !isEmpty && (
        <ul className="alga-Chart-legend">
          {series.map((one, index) => (
            <li key={one.name}>
              <svg width="16" height="10" aria-hidden="true" data-series={(index % 6) + 1}>
                {kind === 'line' ? (
                  <line className="alga-Chart-line" x1="0" x2="16" y1="5" y2="5" />
                ) : (
                  <rect className="alga-Chart-bar" x="3" width="10" height="10" rx="2" />
                )}
              </svg>
              {one.name}
            </li>
          ))}
        </ul>
      )}
      <div ref={container} className="alga-Chart-body">
        {isLoading ? (
          <Skeleton shape="box" height={`${height}px`} />
        ) : isEmpty ? (
          (props.emptyState ?? <EmptyState title={messages.emptyTable} />)
        ) : isTable ? (
          <ChartTable
            caption={title}
            labelHeader={props.labelHeader}
            labels={labels}
            series={series}
            format={format}
          />
        ) : (
          <>
            <svg
              role="img"
              aria-labelledby={`${id}-title`}
              aria-describedby={description === undefined ? undefined : `${id}-description`}
              className="alga-Chart-drawing"
              width={width}
              height={height}
              viewBox={`0 0 ${width} ${height}`}
              onPointerMove={follow}
              onPointerDown={follow}
              onPointerLeave={() => {
                setActiveIndex(null);
              }}
            >
              <Axes frame={frame} labels={labels} format={format} />
              <Plot labels={labels} series={series} frame={frame} activeIndex={activeIndex} />
            </svg>
            {activeIndex !== null && (
              <ChartTip
                label={labels[activeIndex] ?? ''}
                series={series}
                index={activeIndex}
                x={frame.x(activeIndex)}
                isFlipped={frame.x(activeIndex) > width / 2}
                format={format}
              />
            )}
          </>
        )}
      </div>
    </figure>
  );
}
