import { moduleHeader } from '../src/build/wasm/module-header.ts';
import { writeConstant } from '../src/build/wasm/constant.ts';
import { core, writeData } from '../src/build/wasm/core-module.ts';
import { writeSections } from '../src/build/wasm/sections.ts';
import { concat, number, signed, text, vector, type Bytes } from '../src/build/wasm/writer.ts';

/** Where the address of the first free block is. */
export const head = 1024;
/** Pages that the memory starts with. */
const pages = 2;
export const memoryLength = pages * 65_536;

const i32 = 0x7f;
const [old, oldLength, , length, previous, block, rest] = [0, 1, 2, 3, 4, 5, 6] as const;
const [add, subtract, end, give] = [0x6a, 0x6b, 0x0b, 0x0f] as const;

const constant = (value: number): Bytes => [0x41, ...signed(value)];
const get = (local: number): Bytes => [0x20, local];
const set = (local: number): Bytes => [0x21, local];
const load = (offset: number): Bytes => [0x28, 0, ...number(offset)];
const store = (offset: number): Bytes => [0x36, 0, ...number(offset)];
/** The length of a block lies before it. */
const lengthOf = (local: number): Bytes => concat(get(local), constant(4), [subtract], load(0));
const putLength = (local: number, value: Bytes): Bytes =>
  concat(get(local), constant(4), [subtract], value, store(0));

/** A block at the end of a memory that grows for it. */
const fresh: Bytes = concat(
  [0x3f, 0], // memory.size
  constant(16),
  [0x74], // shl
  get(length),
  constant(16),
  [0x76], // shr_u
  constant(1),
  [add],
  [0x40, 0], // memory.grow
  [0x1a], // drop
);

export interface Behaviour {
  /** Where in a free block the address of the next one is; 0 when left out. */
  readonly nextAt?: number;
  /** Whether a block that grows keeps what is in it; true when left out. */
  readonly copies?: boolean;
}

/** The code of an allocator that gives the first free block which is long enough, and keeps what it does not need of it. */
export function firstFit({ nextAt = 0, copies = true }: Behaviour = {}): Bytes {
  const grow = concat(
    get(old),
    [0x04, 0x40], // if
    constant(0),
    constant(0),
    constant(8),
    get(length),
    [0x10, 1], // call itself
    set(block),
    copies ? concat(get(block), get(old), get(oldLength), [0xfc, 10, 0, 0]) : [], // memory.copy
    get(block),
    [give],
    [end],
  );
  const split = concat(
    concat(get(block), get(length), [add], constant(4), [add]),
    set(rest),
    putLength(rest, concat(lengthOf(block), get(length), [subtract], constant(4), [subtract])),
    concat(get(rest), get(block), load(nextAt), store(nextAt)),
    putLength(block, get(length)),
    concat(get(previous), get(rest), store(nextAt)),
  );
  const search = concat(
    concat(constant(head - nextAt), set(previous)),
    [0x03, 0x40], // loop
    concat(get(previous), load(nextAt), set(block)),
    get(block),
    [0x04, 0x40], // if
    concat(lengthOf(block), get(length), [0x4f]), // ge_u
    [0x04, 0x40], // if
    concat(lengthOf(block), get(length), [subtract], constant(64), [0x4f]),
    [0x04, 0x40], // if
    split,
    [0x05], // else
    concat(get(previous), get(block), load(nextAt), store(nextAt)),
    [end],
    get(block),
    [give],
    [end],
    concat(get(block), set(previous)),
    [0x0c, 1], // continue
    [end],
    [end],
  );
  return concat(grow, search, fresh);
}

/** The code of an allocator that grows the memory for more than 1,000 bytes, and gives `address` for less. */
export function growOr(address: Bytes): Bytes {
  return concat(get(length), constant(1000), [0x4b, 0x04, 0x40], fresh, [give, end], address);
}

/** Code that gives the address which is at `head`, and `step` more the next time. */
export function countBy(step: number): Bytes {
  return concat(
    concat(constant(head), constant(head), load(0), constant(step), [add], store(0)),
    concat(constant(head), load(0)),
  );
}

export const always = constant;
export const trap: Bytes = [0];
export const callHost: Bytes = concat(get(0), get(1), get(2), get(3), [0x10, 0]);

/** A module whose allocator, `realloc`, has this code, and whose memory starts like this; function 0 is the host's. */
export function moduleOf(code: Bytes, image: Uint8Array): Uint8Array {
  const body = concat([1, 3, i32], code, [end]);
  const data = [{ offset: writeConstant(0), bytes: image }];
  return writeSections(moduleHeader, [
    { id: core.type, body: vector([[0x60, 4, i32, i32, i32, i32, 1, i32]]) },
    { id: core.import, body: vector([concat(text('host'), text('0'), [0, 0])]) },
    { id: core.function, body: vector([[0]]) },
    { id: core.memory, body: vector([[0, pages]]) },
    {
      id: core.export,
      body: vector([concat(text('realloc'), [0, 1]), concat(text('memory'), [2, 0])]),
    },
    { id: core.dataCount, body: Uint8Array.from(number(data.length)) },
    { id: core.code, body: vector([concat(number(body.length), body)]) },
    { id: core.data, body: vector(data.map(writeData)) },
  ]);
}
