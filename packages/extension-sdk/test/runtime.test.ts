import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../src/index.ts';
import { withHost } from '../src/runtime/bindings.ts';
import { createConsole } from '../src/runtime/console.ts';
import { getRandomValues, InvocationRandom, randomUUID } from '../src/runtime/random.ts';
import { createTestHost } from '../src/testing/index.ts';

function numbers(random: InvocationRandom): number[] {
  return Array.from({ length: 1000 }, random.next);
}

test('two instances draw different numbers, all in [0, 1)', () => {
  withHost(createTestHost().bindings, () => {
    const [first, second] = [numbers(new InvocationRandom()), numbers(new InvocationRandom())];
    expect(first).not.toEqual(second);
    expect([...first, ...second].every((n) => n >= 0 && n < 1)).toBe(true);
    expect(new Set(first).size).toBe(1000);
  });
});

test('each invocation seeds anew, from the host alone', () => {
  const host = createTestHost();
  const random = new InvocationRandom();
  let seed = 1;
  host.bindings.random.getRandomBytes = (length) => new Uint8Array(length).fill(seed);
  withHost(host.bindings, () => {
    const first = numbers(random);
    random.reset();
    expect(numbers(random)).toEqual(first);
    seed = 2;
    random.reset();
    expect(numbers(random)).not.toEqual(first);
  });
});

test('random bytes fill the whole view and nothing else', () => {
  const host = createTestHost();
  host.bindings.random.getRandomBytes = (length) => new Uint8Array(length).fill(7);
  withHost(host.bindings, () => {
    const bytes = new Uint8Array(8);
    getRandomValues(bytes.subarray(2, 4));
    expect([...bytes]).toEqual([0, 0, 7, 7, 0, 0, 0, 0]);
    expect([...getRandomValues(new Uint32Array(1))]).toEqual([0x07070707]);
    expect(() => getRandomValues(new Uint8Array(65_537))).toThrow(RangeError);
  });
});

test('a UUID is of version 4', () => {
  withHost(createTestHost().bindings, () => {
    expect(randomUUID()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

test('console writes to the log', () => {
  const host = createTestHost();
  withHost(host.bindings, () => {
    createConsole().warn('a', 1, { b: [true] }, undefined, 10n);
  });
  expect(host.logs).toEqual([{ level: 'warn', message: 'a 1 {"b":[true]} undefined 10', fields: {} }]);
});

test.each(['', 'ascii', 'žluť', '漢字', '😀', '\u0000\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}'])(
  'UTF-8 of %j is what the platform writes, and reads back',
  (value) => {
    expect([...encodeUtf8(value)]).toEqual([...new TextEncoder().encode(value)]);
    expect(decodeUtf8(encodeUtf8(value))).toBe(value);
  },
);

test.each([
  ['a lone continuation', [0x80]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['an overlong three-byte form', [0xe0, 0x80, 0xaf]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['a cut sequence', [0xe2, 0x82]],
  ['more than U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
])('%s is not UTF-8', (_, bytes) => {
  expect(() => decodeUtf8(Uint8Array.from(bytes))).toThrow(RangeError);
});
