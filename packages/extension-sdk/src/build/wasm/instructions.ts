import { WasmReader } from './reader.ts';
import { concat, number, signed, type Bytes } from './writer.ts';

/** New indices for those that code names. */
export interface Renumbering {
  readonly type: (index: number) => number;
  readonly function: (index: number) => number;
  readonly table: (index: number) => number;
  readonly global: (index: number) => number;
  readonly data: (index: number) => number;
}

/**
 * The body of a function with other indices.
 * The instructions are those of the core specification 2.0, with tail calls, and one memory.
 * @throws RangeError for any other.
 */
export function renumber(body: Uint8Array, to: Renumbering): Uint8Array {
  const reader = new WasmReader(body);
  const out = new Copy(reader);
  reader.vector(() => {
    reader.number();
    valueType(reader);
  });
  while (!reader.done) instruction(reader, out, to);
  return out.bytes();
}

/** What was read so far, with some numbers replaced. */
class Copy {
  readonly #reader: WasmReader;
  readonly #parts: Bytes[] = [];
  #from = 0;

  constructor(reader: WasmReader) {
    this.#reader = reader;
  }

  /** Reads a number and writes what `change` makes of it. */
  index(change: (index: number) => number): void {
    const at = this.#reader.at;
    const before = this.#reader.number();
    const after = change(before);
    if (after !== before) this.#replace(at, number(after));
  }

  /** Reads the type of a block, which may be the index of a function's. */
  blockType(change: (index: number) => number): void {
    const at = this.#reader.at;
    if ((this.#reader.bytes[at] ?? 0) === emptyBlock) {
      this.#reader.byte();
      return;
    }
    const before = this.#reader.signed();
    if (before >= 0) this.#replace(at, signed(change(before)));
  }

  bytes(): Uint8Array {
    return concat(...this.#parts, this.#reader.bytes.subarray(this.#from));
  }

  #replace(at: number, bytes: Bytes): void {
    this.#parts.push(this.#reader.bytes.subarray(this.#from, at), bytes);
    this.#from = this.#reader.at;
  }
}

const emptyBlock = 0x40;

function instruction(reader: WasmReader, out: Copy, to: Renumbering): void {
  const opcode = reader.byte();
  switch (opcode) {
    case 0x02: // block
    case 0x03: // loop
    case 0x04: // if
      out.blockType(to.type);
      return;
    case 0x0c: // br
    case 0x0d: // br_if
    case 0x20: // local.get
    case 0x21: // local.set
    case 0x22: // local.tee
      reader.number();
      return;
    case 0x0e: // br_table
      reader.vector(() => reader.number());
      reader.number();
      return;
    case 0x10: // call
    case 0x12: // return_call
    case 0xd2: // ref.func
      out.index(to.function);
      return;
    case 0x11: // call_indirect
    case 0x13: // return_call_indirect
      out.index(to.type);
      out.index(to.table);
      return;
    case 0x1c: // select with types
      reader.vector(() => {
        valueType(reader);
      });
      return;
    case 0x23: // global.get
    case 0x24: // global.set
      out.index(to.global);
      return;
    case 0x25: // table.get
    case 0x26: // table.set
      out.index(to.table);
      return;
    case 0x3f: // memory.size
    case 0x40: // memory.grow
      firstMemory(reader);
      return;
    case 0x41: // i32.const
    case 0x42: // i64.const
      reader.skipNumber();
      return;
    case 0x43: // f32.const
      reader.take(4);
      return;
    case 0x44: // f64.const
      reader.take(8);
      return;
    case 0xd0: // ref.null
      valueType(reader);
      return;
    case 0xfc:
      bulkInstruction(reader, out, to);
      return;
    case 0xfd:
      vectorInstruction(reader);
      return;
    default:
      if (opcode >= 0x28 && opcode <= 0x3e) address(reader);
      else if (!isPlain(opcode)) throw new RangeError(`The code has the instruction ${opcode}.`);
  }
}

/** Whether an instruction is its opcode alone. */
function isPlain(opcode: number): boolean {
  return (
    opcode <= 0x01 || // unreachable, nop
    opcode === 0x05 || // else
    opcode === 0x0b || // end
    opcode === 0x0f || // return
    opcode === 0x1a || // drop
    opcode === 0x1b || // select
    (opcode >= 0x45 && opcode <= 0xc4) || // numbers
    opcode === 0xd1 // ref.is_null
  );
}

function bulkInstruction(reader: WasmReader, out: Copy, to: Renumbering): void {
  const opcode = reader.number();
  // Conversions that do not trap.
  if (opcode <= 7) return;
  switch (opcode) {
    case 8: // memory.init
      out.index(to.data);
      firstMemory(reader);
      return;
    case 9: // data.drop
      out.index(to.data);
      return;
    case 10: // memory.copy
      firstMemory(reader);
      firstMemory(reader);
      return;
    case 11: // memory.fill
      firstMemory(reader);
      return;
    case 14: // table.copy
      out.index(to.table);
      out.index(to.table);
      return;
    case 15: // table.grow
    case 16: // table.size
    case 17: // table.fill
      out.index(to.table);
      return;
    default:
      throw new RangeError(`The code has the instruction 252 ${opcode}.`);
  }
}

function vectorInstruction(reader: WasmReader): void {
  const opcode = reader.number();
  if (opcode <= 11 || opcode === 92 || opcode === 93) address(reader);
  else if (opcode === 12 || opcode === 13) reader.take(16);
  else if (opcode >= 21 && opcode <= 34) reader.byte();
  else if (opcode >= 84 && opcode <= 91) {
    address(reader);
    reader.byte();
  } else if (opcode > 255) throw new RangeError(`The code has the instruction 253 ${opcode}.`);
}

function address(reader: WasmReader): void {
  // From 64 on the alignment is followed by a memory.
  if (reader.number() >= 64) throw new RangeError('The code has a second memory.');
  reader.number();
}

function firstMemory(reader: WasmReader): void {
  if (reader.number() !== 0) throw new RangeError('The code has a second memory.');
}

function valueType(reader: WasmReader): void {
  const type = reader.byte();
  const isKnown = (type >= 0x7b && type <= 0x7f) || type === 0x70 || type === 0x6f;
  if (!isKnown) throw new RangeError(`The code has the type ${type}.`);
}
