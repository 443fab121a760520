import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/api/types.ts';
import { faultsInDetail, readFaults } from '../../src/settings/faults.ts';
import { defaultsOf, readFields, valueAt, withValue } from '../../src/settings/schema.ts';

const kindOf = (schema: JsonObject) => readFields({ type: 'object', properties: { one: schema } })[0]?.kind;

it.each<[string, JsonObject]>([
  ['text', { type: 'string' }],
  ['lines', { type: 'string', maxLength: 201 }],
  ['day', { type: 'string', format: 'date' }],
  ['number', { type: 'integer' }],
  ['flag', { type: 'boolean' }],
  ['choice', { type: 'string', enum: ['a', 'b'] }],
  ['choice', { oneOf: [{ const: 1, title: 'One' }] }],
  ['choices', { type: 'array', uniqueItems: true, items: { enum: ['a'] } }],
  ['texts', { type: 'array', items: { type: 'string' } }],
  ['group', { type: 'object', properties: { two: { type: 'string' } } }],
  ['json', { type: 'object' }],
  ['json', { type: 'array', items: { type: 'number' } }],
  ['json', { type: ['string', 'null'] }],
  ['json', { oneOf: [{ type: 'string' }, { type: 'number' }] }],
  ['json', {}],
])('a setting is edited as %s: %j', (kind, schema) => {
  expect(kindOf(schema)).toBe(kind);
});

it('a schema that is true or false is edited as JSON', () => {
  expect(readFields({ type: 'object', properties: { one: true } })[0]?.kind).toBe('json');
});

it('a value is put in its place and keeps the order of the others', () => {
  const settings = { a: 1, b: { c: 2, d: 3 }, e: 4 };

  expect(JSON.stringify(withValue(settings, ['b', 'c'], 9))).toBe('{"a":1,"b":{"c":9,"d":3},"e":4}');
  expect(withValue({}, ['b', 'c'], 9)).toEqual({ b: { c: 9 } });
  expect(settings.b.c).toBe(2);
});

it('a value that is taken out takes its empty group along', () => {
  expect(withValue({ a: { b: 1 } }, ['a', 'b'], undefined)).toEqual({});
  expect(withValue({ a: { b: 1, c: 2 } }, ['a', 'b'], undefined)).toEqual({ a: { c: 2 } });
});

it('a setting called __proto__ is a setting like others', () => {
  const schema = JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"string","default":"x"}}}',
  ) as JsonObject;
  const settings = defaultsOf(schema);

  expect(Object.keys(settings)).toEqual(['__proto__']);
  expect(valueAt(settings, ['__proto__'])).toBe('x');
  expect(Object.getPrototypeOf(withValue({}, ['__proto__', 'polluted'], true))).toBe(Object.prototype);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

it('new settings are the defaults of the schema, those of groups too', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: {
      a: { type: 'string', default: 'x' },
      b: { type: 'string' },
      c: { type: 'object', properties: { d: { type: 'integer', default: 0 }, e: { type: 'string' } } },
      f: { type: 'object', properties: { g: { type: 'string' } } },
      h: { type: 'boolean', default: false },
    },
  };

  expect(defaultsOf(schema)).toEqual({ a: 'x', c: { d: 0 }, h: false });
});

it('the registry’s phrases become words at their places', () => {
  expect(
    readFaults(['#/greeting: StringTooLong', '#/mail.port: SomethingNew', '#: ObjectExpected', 'whatever']),
  ).toEqual({
    greeting: 'is too long',
    'mail/port': 'does not fit (SomethingNew)',
    '': 'whatever',
  });
});

it('the detail of a refusal holds the phrases, and another detail none', () => {
  expect(
    faultsInDetail("config does not fit this version's schema: #/a: PropertyRequired; #/b: IntegerExpected."),
  ).toEqual({
    a: 'is missing',
    b: 'must be a whole number',
  });
  expect(faultsInDetail('config is larger than 65536 bytes; make it smaller.')).toEqual({});
});
