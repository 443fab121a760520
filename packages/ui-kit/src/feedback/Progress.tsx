import { Label, ProgressBar } from 'react-aria-components';

export interface ProgressProps {
  /** What advances. */
  label: string;
  /** From `minValue` to `maxValue`; leave it out while the end is not known. */
  value?: number;
  /** 0 unless given. */
  minValue?: number;
  /** 100 unless given. */
  maxValue?: number;
  /** Replaces the percentage, such as "3 of 12 files". */
  valueLabel?: string;
  tone?: 'accent' | 'success' | 'warning' | 'danger';
  /** The label is read out only. */
  isLabelHidden?: boolean;
}

/** How far something is. */
export function Progress({
  label,
  value,
  minValue,
  maxValue,
  valueLabel,
  tone = 'accent',
  isLabelHidden = false,
}: ProgressProps) {
  return (
    <ProgressBar
      className="alga-Progress"
      data-tone={tone}
      isIndeterminate={value === undefined}
      value={value}
      minValue={minValue}
      maxValue={maxValue}
      valueLabel={valueLabel}
      aria-label={isLabelHidden ? label : undefined}
    >
      {({ percentage, valueText, isIndeterminate }) => (
        <>
          {!isLabelHidden && (
            <div className="alga-Progress-header">
              <Label className="alga-Progress-label">{label}</Label>
              {!isIndeterminate && <span className="alga-Progress-value">{valueText}</span>}
            </div>
          )}
          <div className="alga-Progress-track">
            <div
              className="alga-Progress-bar"
              data-indeterminate={isIndeterminate || undefined}
              style={isIndeterminate ? undefined : { width: `${percentage ?? 0}%` }}
            />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
