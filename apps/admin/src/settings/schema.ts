import type { Json, JsonObject } from '../api/types.ts';
import { own } from '../common/own.ts';

/** How one setting is edited. What fits no other kind is written as JSON. */
export type FieldKind =
  'text' | 'lines' | 'number' | 'flag' | 'choice' | 'choices' | 'day' | 'texts' | 'group' | 'json';

/** One setting of a manifest's `config` schema. */
export interface Field {
  readonly kind: FieldKind;
  /** Names from the root: its place in the settings. */
  readonly path: readonly string[];
  readonly title: string;
  readonly description: string | undefined;
  readonly isRequired: boolean;
  readonly schema: JsonObject;
  /** Of a choice. */
  readonly options: readonly { readonly value: Json; readonly label: string }[];
  /** Of a group. */
  readonly fields: readonly Field[];
}

/** The settings that a schema declares, in its order. */
export function readFields(schema: JsonObject, path: readonly string[] = []): readonly Field[] {
  const required = asArray(schema['required']);
  return Object.entries(asObject(schema['properties'])).map(([name, declared]) =>
    readField(asObject(declared), [...path, name], required.includes(name)),
  );
}

function readField(schema: JsonObject, path: readonly string[], isRequired: boolean): Field {
  const options = readOptions(schema);
  const kind = kindOf(schema, options);
  const { title, description } = schema;
  return {
    kind,
    path,
    title: typeof title === 'string' ? title : (path.at(-1) ?? ''),
    description: typeof description === 'string' ? description : undefined,
    isRequired,
    schema,
    options: kind === 'choices' ? readOptions(asObject(schema['items'])) : options,
    fields: kind === 'group' ? readFields(schema, path) : [],
  };
}

function kindOf(schema: JsonObject, options: Field['options']): FieldKind {
  if (options.length > 0) return 'choice';
  const maxLength = schema['maxLength'];
  switch (schema['type']) {
    case 'string':
      if (schema['format'] === 'date') return 'day';
      return typeof maxLength === 'number' && maxLength > 200 ? 'lines' : 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'flag';
    case 'array': {
      const items = asObject(schema['items']);
      if (readOptions(items).length > 0 && schema['uniqueItems'] === true) return 'choices';
      return items['type'] === 'string' ? 'texts' : 'json';
    }
    case 'object':
      return Object.keys(asObject(schema['properties'])).length > 0 ? 'group' : 'json';
    default:
      return 'json';
  }
}

function readOptions(schema: JsonObject): Field['options'] {
  const titled = asArray(schema['oneOf']).map(asObject);
  if (titled.length > 0 && titled.every((one) => 'const' in one)) {
    return titled.map((one) => ({
      value: one['const'] ?? null,
      label: typeof one['title'] === 'string' ? one['title'] : show(one['const'] ?? null),
    }));
  }
  return asArray(schema['enum']).map((value) => ({ value, label: show(value) }));
}

/** A value as a reader sees it. */
export function show(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value at a place. */
export function valueAt(settings: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => own(asObject(value), name), settings);
}

/** Settings with another value at a place; undefined takes it out, and groups that it leaves empty. */
export function withValue(
  settings: JsonObject,
  path: readonly string[],
  value: Json | undefined,
): JsonObject {
  const [name, ...rest] = path;
  if (name === undefined) return settings;
  const inner =
    rest.length === 0 ? value : orUndefined(withValue(asObject(own(settings, name)), rest, value));
  const others = Object.entries(settings).filter(([key]) => key !== name);
  if (inner === undefined) return Object.fromEntries(others);
  // Where it was, so that its place in the JSON does not change.
  return Object.hasOwn(settings, name)
    ? Object.fromEntries(Object.entries(settings).map(([key, old]) => [key, key === name ? inner : old]))
    : Object.fromEntries([...others, [name, inner]]);
}

/** Settings made of the schema's defaults. */
export function defaultsOf(schema: JsonObject): JsonObject {
  const collect = (fields: readonly Field[]): JsonObject =>
    fields.reduce<JsonObject>((settings, field) => {
      const value =
        field.kind === 'group'
          ? orUndefined(valueAt(collect(field.fields), field.path))
          : field.schema['default'];
      return value === undefined ? settings : withValue(settings, field.path, value);
    }, {});
  return collect(readFields(schema));
}

function orUndefined(value: Json | undefined): Json | undefined {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0 ? undefined : value;
}

function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function asArray(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
