import { concat, number, signed, type Bytes } from './writer.ts';

/** Instructions of the core specification, as bytes. */
export const code = {
  getGlobal: (index: number): Bytes => [0x23, ...number(index)],
  setGlobal: (index: number): Bytes => [0x24, ...number(index)],
  getLocal: (index: number): Bytes => [0x20, ...number(index)],
  teeLocal: (index: number): Bytes => [0x22, ...number(index)],
  call: (index: number): Bytes => [0x10, ...number(index)],
  /** A constant of 32 bits. */
  i32: (value: number): Bytes => [0x41, ...signed(value | 0)],
  /** Runs what is in it when the value before it is not zero. */
  whenTrue: (...body: Bytes[]): Bytes => concat([0x04, 0x40], ...body, [0x0b]),
  isZero: [0x45],
  isEqual: [0x46],
  isLess: [0x49],
  isMore: [0x4b],
  isNotMore: [0x4d],
  isNotLess: [0x4f],
  isNotLessSigned: [0x4e],
  add: [0x6a],
  subtract: [0x6b],
  multiply: [0x6c],
  memorySize: [0x3f, 0],
  growMemory: [0x40, 0],
  drop: [0x1a],
  return: [0x0f],
  unreachable: [0x00],
} as const;

/** The body of a function without locals. */
export function bodyOf(...instructions: Bytes[]): Uint8Array {
  return concat([0], ...instructions, [0x0b]);
}
