import {
  Checkbox,
  CheckboxGroup,
  DatePicker,
  Input,
  NumberInput,
  Select,
  Switch,
  TextArea,
} from '@alga/ui-kit';
import type { Json } from '../api/types.ts';
import { own } from '../common/own.ts';
import { texts } from '../texts.ts';
import { LinesField } from './LinesField.tsx';
import { JsonField } from './JsonField.tsx';
import { show, type Field } from './schema.ts';

/** Props of {@link SettingField}. */
export interface SettingFieldProps {
  readonly field: Field;
  readonly value: Json | undefined;
  readonly fault: string | undefined;
  /** Undefined when it is not set any more. */
  readonly onChange: (value: Json | undefined) => void;
}

const INPUT_TYPES: Readonly<Record<string, 'email' | 'url'>> = { email: 'email', uri: 'url' };
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** One setting. */
export function SettingField({ field, value, fault, onChange }: SettingFieldProps) {
  const { kind, schema, options } = field;
  const shared = {
    label: field.title,
    description: describe(field),
    isRequired: field.isRequired,
    isInvalid: fault !== undefined,
    ...(fault === undefined ? {} : { errorMessage: texts.settings.fault(field.title, fault) }),
  };
  const text = typeof value === 'string' ? value : '';
  const setText = (changed: string) => {
    onChange(changed === '' ? undefined : changed);
  };

  switch (kind) {
    case 'text':
      return (
        <Input {...shared} {...lengths(schema)} {...inputType(schema)} value={text} onChange={setText} />
      );
    case 'lines':
      return <TextArea {...shared} {...lengths(schema)} value={text} onChange={setText} />;
    case 'number':
      return (
        <NumberInput
          {...shared}
          {...(typeof schema['minimum'] === 'number' ? { minValue: schema['minimum'] } : {})}
          {...(typeof schema['maximum'] === 'number' ? { maxValue: schema['maximum'] } : {})}
          {...(schema['type'] === 'integer' ? { step: 1 } : {})}
          value={typeof value === 'number' ? value : NaN}
          onChange={(changed) => {
            onChange(Number.isNaN(changed) ? undefined : changed);
          }}
        />
      );
    case 'flag':
      return (
        <Switch
          description={shared.description}
          isSelected={typeof value === 'boolean' ? value : schema['default'] === true}
          onChange={onChange}
        >
          {field.title}
        </Switch>
      );
    case 'choice': {
      const isOptional = !field.isRequired;
      const ids = options.map((option, index) => ({ id: String(index), label: option.label }));
      const chosen = options.findIndex((option) => JSON.stringify(option.value) === JSON.stringify(value));
      return (
        <Select
          {...shared}
          options={isOptional ? [{ id: '', label: texts.settings.notSet }, ...ids] : ids}
          value={chosen >= 0 ? String(chosen) : isOptional ? '' : null}
          isSearchable={options.length > 10}
          onChange={(id) => {
            onChange(id === '' ? undefined : options[Number(id)]?.value);
          }}
        />
      );
    }
    case 'choices':
      return (
        <CheckboxGroup
          {...shared}
          value={Array.isArray(value) ? value.map((one: Json) => JSON.stringify(one)) : []}
          onChange={(chosen) => {
            onChange(chosen.length === 0 ? undefined : chosen.map((one) => JSON.parse(one) as Json));
          }}
        >
          {options.map((option) => (
            <Checkbox key={JSON.stringify(option.value)} value={JSON.stringify(option.value)}>
              {option.label}
            </Checkbox>
          ))}
        </CheckboxGroup>
      );
    case 'day':
      return (
        <DatePicker
          {...shared}
          value={DAY.test(text) ? text : null}
          onChange={(day) => {
            onChange(day ?? undefined);
          }}
        />
      );
    case 'texts':
      return (
        <LinesField {...shared} value={Array.isArray(value) ? value.map(show) : []} onChange={onChange} />
      );
    default:
      return <JsonField {...shared} value={value} onChange={onChange} />;
  }
}

function describe({ description, schema, kind }: Field): string {
  const preset = schema['default'];
  const isShown = preset !== undefined && kind !== 'flag' && typeof preset !== 'object';
  return [description ?? '', isShown ? texts.settings.defaultIs(show(preset)) : ''].filter(Boolean).join(' ');
}

function inputType({ format }: Field['schema']) {
  const type = typeof format === 'string' ? own(INPUT_TYPES, format) : undefined;
  return type === undefined ? {} : { type };
}

function lengths(schema: Field['schema']) {
  return {
    ...(typeof schema['minLength'] === 'number' ? { minLength: schema['minLength'] } : {}),
    ...(typeof schema['maxLength'] === 'number' ? { maxLength: schema['maxLength'] } : {}),
  };
}
