// The reference of manifest.json, from the schema that the platform checks manifests with.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const schemaFile = 'shared/Manifest/manifest.schema.json';

/** Patterns longer than that are for machines; the page says where they are. */
const readablePattern = 80;

const code = (text) => '`' + text.replaceAll('|', '\\|') + '`';

/** Text that Markdown takes as it is. */
const plain = (text) => text.replaceAll(/[*_<|]/g, '\\$&');

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`;

/** What a value may be, beyond its type: "1-80 characters", "one of `a`, `b`". */
function rulesOf(schema) {
  const rules = [];
  if (schema.enum) rules.push(`one of ${schema.enum.map((value) => code(`${value}`)).join(', ')}`);
  if (schema.maxLength !== undefined) rules.push(`${schema.minLength ?? 0}-${schema.maxLength} characters`);
  if (schema.maximum !== undefined) rules.push(`${schema.minimum}-${schema.maximum}`);
  if (schema.maxItems !== undefined) rules.push(`${schema.minItems ?? 0}-${schema.maxItems} items`);
  if (schema.maxProperties !== undefined) rules.push(`at most ${schema.maxProperties} members`);
  if (schema.uniqueItems) rules.push('no item twice');
  if (schema.default !== undefined) rules.push(`${code(`${schema.default}`)} when left out`);
  if (schema.pattern && schema.pattern.length <= readablePattern) rules.push(code(schema.pattern));
  else if (schema.pattern) rules.push('has a pattern, see the schema');
  return rules;
}

function typeOf(schema) {
  if (schema.type === 'array') return `array of ${schema.items.type}`;
  return [schema.type].flat().join(' or ');
}

function row(name, schema, isRequired) {
  const items = schema.type === 'array' ? rulesOf(schema.items) : [];
  const rules = [...rulesOf(schema), ...(items.length ? [`each ${items.join('; ')}`] : [])];
  const about = [plain(schema.description ?? ''), rules.length ? sentence(rules.join('; ')) : ''];
  return `| ${code(name)} | ${typeOf(schema)} | ${isRequired ? 'yes' : ''} | ${about.filter(Boolean).join(' ')} |`;
}

/** A table of an object's members, and after it one for each object inside of it. */
function section(name, schema) {
  const members = Object.entries(schema.properties ?? {});
  const named = Object.entries(schema.patternProperties ?? {}).map(([pattern, value]) => [
    `(name like ${pattern})`,
    value,
  ]);
  if (members.length + named.length === 0) return [];
  const required = new Set(schema.required ?? []);
  const rows = [
    ...members.map(([key, value]) => row(key, value, required.has(key))),
    ...named.map(([key, value]) => row(key, value, false)),
  ];
  const either = (schema.oneOf ?? []).flatMap((choice) => choice.required).map(code);
  return [
    ...(name === '' ? [] : [`## \`${name}\``, '']),
    ...(name !== '' && schema.description ? [plain(schema.description), ''] : []),
    '| member | type | required | what |',
    '|---|---|:---:|---|',
    ...rows,
    '',
    ...(either.length ? [`Exactly one of ${either.join(' and ')} is there.`, ''] : []),
    ...[...members, ...named].flatMap(([key, value]) => {
      const inner = value.type === 'array' ? value.items : value;
      const label = key.startsWith('(') ? '*' : key + (value.type === 'array' ? '[]' : '');
      return inner.type === 'object' ? section(name === '' ? label : `${name}.${label}`, inner) : [];
    }),
  ];
}

/** @param {string} root The repository. */
export function manifestPage(root) {
  const schema = JSON.parse(readFileSync(join(root, schemaFile), 'utf8'));
  return [
    '# Manifest reference',
    '',
    `Every member of \`manifest.json\`, made of [\`${schemaFile}\`](../../${schemaFile}), which the registry and \`alga-ext build\``,
    'check with. What is not listed is refused. [Formats](../formats.md#manifest-manifestjson) has the rules between members, which a schema cannot say;',
    '[limits](../limits.md) has the defaults.',
    '',
    ...section('', schema),
  ].join('\n');
}
