import { WasmReader } from './reader.ts';
import { concat, signed } from './writer.ts';

const op = { end: 0x0b, getGlobal: 0x23, i32: 0x41, i64: 0x42, f32: 0x43, f64: 0x44, add: 0x6a } as const;

/** Takes a constant expression, its end included. */
export function readConstant(reader: WasmReader): Uint8Array {
  return reader.span(() => {
    for (;;) {
      const instruction = reader.byte();
      if (instruction === op.end) return;
      if (instruction === op.getGlobal) reader.number();
      else if (instruction === op.i32 || instruction === op.i64) reader.skipNumber();
      else if (instruction === op.f32) reader.take(4);
      else if (instruction === op.f64) reader.take(8);
      else if (instruction !== op.add) throw new RangeError(`A constant has the instruction ${instruction}.`);
    }
  });
}

/**
 * A constant with the globals it names replaced by their values, as one instruction.
 * @throws RangeError for one that is not of 32 bits but computed.
 */
export function fold(expression: Uint8Array, globals: readonly Uint8Array[]): Uint8Array {
  const reader = new WasmReader(expression);
  const first = reader.byte();
  if (first !== op.i32 && first !== op.getGlobal) return expression;
  return writeConstant(valueOf(expression, globals));
}

/** The global that a constant begins with; undefined when it begins with anything else. */
export function firstGlobal(expression: Uint8Array): number | undefined {
  const reader = new WasmReader(expression);
  return reader.byte() === op.getGlobal ? reader.number() : undefined;
}

/** A constant of 32 bits, its end included. */
export function writeConstant(value: number): Uint8Array {
  return concat([op.i32], signed(value), [op.end]);
}

/**
 * The value of a constant that names no global.
 * @throws RangeError for one that does, or is not of 32 bits.
 */
export function constantOf(expression: Uint8Array): number {
  return valueOf(expression, []);
}

function valueOf(expression: Uint8Array, globals: readonly Uint8Array[]): number {
  const reader = new WasmReader(expression);
  const stack: number[] = [];
  for (let instruction = reader.byte(); instruction !== op.end; instruction = reader.byte()) {
    if (instruction === op.i32) stack.push(reader.signed());
    else if (instruction === op.getGlobal) {
      const global = globals[reader.number()];
      if (global === undefined) throw new RangeError('A constant names a global that has no value.');
      stack.push(valueOf(global, globals));
    } else if (instruction === op.add) stack.push(((stack.pop() ?? 0) + (stack.pop() ?? 0)) | 0);
    else throw new RangeError(`A constant has the instruction ${instruction}.`);
  }
  const [value, ...others] = stack;
  if (value === undefined || others.length > 0) throw new RangeError('A constant has not one value.');
  return value;
}
