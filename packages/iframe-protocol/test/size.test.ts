import { describe, expect, it } from 'vitest';
import { MAX_FRAME_MESSAGE, MAX_NODES, parseFrameMessage } from '../src/index.ts';
import { envelope } from './support.ts';

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
}

function cyclic(): unknown {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
}

describe('the size of a message', () => {
  it.each([
    ['10 MB of text', 'x'.repeat(10 * 1024 * 1024)],
    ['one character more than the limit', 'x'.repeat(MAX_FRAME_MESSAGE)],
    ['10 MB in the name of a field', { ['x'.repeat(10 * 1024 * 1024)]: 1 }],
    ['many small values', Array.from({ length: MAX_NODES }, () => 0)],
    ['a list with holes', new Array(4_000_000_000)],
    ['many fields', Object.fromEntries(Array.from({ length: MAX_NODES + 1 }, (_, i) => [`k${i}`, 0]))],
    ['many levels', nested(10_000)],
    ['a cycle', cyclic()],
  ])('refuses %s before it looks at the fields', (_, payload) => {
    expect(parseFrameMessage(envelope('resize', payload), '2')).toMatchObject({
      ok: false,
      code: 'message_too_large',
    });
  });

  it.each([
    ['a buffer of 10 MB', new ArrayBuffer(10 * 1024 * 1024)],
    ['a typed array', new Uint8Array(8)],
    ['a set', new Set([1])],
    ['a bigint', 1n],
    ['an error', new Error('x')],
    ['undefined', undefined],
  ])('refuses %s, whose size cannot be told by its text', (_, payload) => {
    expect(parseFrameMessage(envelope('resize', payload), '2')).toMatchObject({
      ok: false,
      code: 'invalid_message',
    });
  });
});
