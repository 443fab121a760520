import { Stack } from '@alga/ui-kit';
import type { JsonObject } from '../api/types.ts';
import type { Faults } from './faults.ts';
import { SettingField } from './SettingField.tsx';
import { readFields, valueAt, withValue, type Field } from './schema.ts';
import { own } from '../common/own.ts';

/** Props of {@link SchemaForm}. */
export interface SchemaFormProps {
  /** The manifest's `config`. */
  readonly schema: JsonObject;
  readonly value: JsonObject;
  readonly onChange: (value: JsonObject) => void;
  readonly faults: Faults;
}

/**
 * A form drawn from a JSON Schema: texts, numbers, switches, choices, days, lists and groups; all else as JSON. The registry
 * validates, so nothing of the schema is run here.
 */
export function SchemaForm({ schema, value, onChange, faults }: SchemaFormProps) {
  return <Fields fields={readFields(schema)} value={value} onChange={onChange} faults={faults} />;
}

interface FieldsProps extends Omit<SchemaFormProps, 'schema'> {
  readonly fields: readonly Field[];
}

function Fields({ fields, value, onChange, faults }: FieldsProps) {
  return (
    <Stack gap={4}>
      {fields.map((field) => {
        const place = field.path.join('/');
        if (field.kind !== 'group') {
          return (
            <SettingField
              key={place}
              field={field}
              value={valueAt(value, field.path)}
              fault={own(faults, place)}
              onChange={(changed) => {
                onChange(withValue(value, field.path, changed));
              }}
            />
          );
        }
        return (
          <fieldset key={place} className="Group">
            <legend className="Group-title">{field.title}</legend>
            {field.description !== undefined && <p className="Group-text">{field.description}</p>}
            <Fields fields={field.fields} value={value} onChange={onChange} faults={faults} />
          </fieldset>
        );
      })}
    </Stack>
  );
}
