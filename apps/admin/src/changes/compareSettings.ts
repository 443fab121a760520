import type { Json, JsonObject } from '../api/types.ts';
import { readFields, show, type Field } from '../settings/schema.ts';
import { texts } from '../texts.ts';
import { compare, isSame, whereDiffers, type Change } from './change.ts';

const words = texts.changes.settings;
// What says nothing about which values fit.
const WORDS = new Set(['title', 'description', 'default', 'examples', '$comment']);

/** What is otherwise in the settings that a version takes, by its JSON Schema. */
export function compareSettings(before?: JsonObject, after?: JsonObject): readonly Change[] {
  const settings = compare(leavesOf(before ?? {}), leavesOf(after ?? {}), {
    key: ({ path }) => JSON.stringify(path),
    what: ({ groups, title }) => [...groups, title].join(' › '),
    about: ({ isRequired, schema }) => [
      ...(isRequired ? [words.isRequired] : []),
      ...(schema['default'] === undefined ? [] : [words.defaultIs(show(schema['default']))]),
    ],
    how: (old, current) => [
      ...whereDiffers(old.isRequired, current.isRequired, (_, now) =>
        now ? words.nowRequired : words.nowOptional,
      ),
      ...whereDiffers(old.schema['default'], current.schema['default'], sayDefault),
      ...whereDiffers(rulesOf(old.schema), rulesOf(current.schema), () => words.otherValues),
    ],
  });
  const [old, current] = [framesOf(before), framesOf(after)];
  const isFrameSame = [...old].every(
    ([place, rules]) => !current.has(place) || isSame(rules, current.get(place)),
  );
  return isFrameSame
    ? settings
    : [...settings, { kind: 'changed', what: words.rules, isCode: false, how: [] }];
}

interface Leaf extends Field {
  /** Titles of the groups that it is in. */
  readonly groups: readonly string[];
}

function leavesOf(schema: JsonObject): readonly Leaf[] {
  const collect = (fields: readonly Field[], groups: readonly string[]): readonly Leaf[] =>
    fields.flatMap((field) =>
      field.kind === 'group' ? collect(field.fields, [...groups, field.title]) : [{ ...field, groups }],
    );
  return collect(readFields(schema), []);
}

const rulesOf = (schema: JsonObject) =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => !WORDS.has(name)));

/** What stands beside the settings of a schema and of each of its groups: definitions, and rules between settings; by the group's place. */
function framesOf(schema: JsonObject | undefined): ReadonlyMap<string, JsonObject> {
  const collect = (one: JsonObject, place: readonly string[]): readonly (readonly [string, JsonObject])[] => [
    [JSON.stringify(place), { ...rulesOf(one), properties: null, required: null }],
    ...readFields(one, place)
      .filter(({ kind }) => kind === 'group')
      .flatMap((group) => collect(group.schema, group.path)),
  ];
  return new Map(schema === undefined ? [] : collect(schema, []));
}

function sayDefault(before: Json | undefined, after: Json | undefined): string {
  if (after === undefined) return words.noDefault;
  return before === undefined ? words.defaultIs(show(after)) : words.otherDefault(show(before), show(after));
}
