import { parseDate, type CalendarDate } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import {
  Button as AriaButton,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
  DateInput,
  DatePicker as AriaDatePicker,
  DateSegment,
  Dialog,
  Group,
  Popover,
  type DatePickerProps as AriaDatePickerProps,
} from 'react-aria-components';
import { withClass } from '../internal/className.ts';
import { FieldParts, type FieldTexts } from './FieldParts.tsx';

export interface DatePickerProps
  extends
    Omit<
      AriaDatePickerProps<CalendarDate>,
      | 'children'
      | 'value'
      | 'defaultValue'
      | 'onChange'
      | 'minValue'
      | 'maxValue'
      | 'validate'
      | 'placeholderValue'
    >,
    FieldTexts {
  /** `YYYY-MM-DD`; `null` for none. Anything else throws. */
  value?: string | null;
  defaultValue?: string;
  /** `YYYY-MM-DD`, or `null` when the date was cleared. */
  onChange?: (value: string | null) => void;
  /** `YYYY-MM-DD`. */
  minValue?: string;
  /** `YYYY-MM-DD`. */
  maxValue?: string;
}

/** A day, without a time or a zone: typed in parts, in the order of the reader's locale, or chosen from a calendar. */
export function DatePicker({
  label,
  description,
  errorMessage,
  value,
  defaultValue,
  onChange,
  minValue,
  maxValue,
  className,
  ...props
}: DatePickerProps) {
  return (
    <AriaDatePicker<CalendarDate>
      {...props}
      {...(value === undefined ? {} : { value: value === null ? null : parseDate(value) })}
      {...(defaultValue === undefined ? {} : { defaultValue: parseDate(defaultValue) })}
      {...(minValue === undefined ? {} : { minValue: parseDate(minValue) })}
      {...(maxValue === undefined ? {} : { maxValue: parseDate(maxValue) })}
      onChange={(date) => onChange?.(date === null ? null : date.toString())}
      className={withClass('alga-Field alga-DatePicker', className)}
    >
      <FieldParts
        label={label}
        description={description}
        errorMessage={errorMessage}
        isRequired={props.isRequired}
      >
        <Group className="alga-Control">
          <DateInput className="alga-DatePicker-input">
            {(segment) => <DateSegment segment={segment} className="alga-DatePicker-segment" />}
          </DateInput>
          <AriaButton className="alga-Control-button">
            <CalendarDays aria-hidden="true" />
          </AriaButton>
        </Group>
      </FieldParts>
      <Popover className="alga-Popover" offset={4}>
        <Dialog className="alga-Popover-dialog alga-DatePicker-dialog">
          <Calendar className="alga-Calendar">
            <header className="alga-Calendar-header">
              <AriaButton
                slot="previous"
                className="alga-Button alga-IconButton"
                data-variant="ghost"
                data-size="sm"
              >
                <ChevronLeft aria-hidden="true" />
              </AriaButton>
              <CalendarHeading className="alga-Calendar-title" />
              <AriaButton
                slot="next"
                className="alga-Button alga-IconButton"
                data-variant="ghost"
                data-size="sm"
              >
                <ChevronRight aria-hidden="true" />
              </AriaButton>
            </header>
            <CalendarGrid weekdayStyle="short">
              <CalendarGridHeader>
                {(day) => <CalendarHeaderCell className="alga-Calendar-weekday">{day}</CalendarHeaderCell>}
              </CalendarGridHeader>
              <CalendarGridBody>
                {(date) => <CalendarCell date={date} className="alga-Calendar-day" />}
              </CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </AriaDatePicker>
  );
}
