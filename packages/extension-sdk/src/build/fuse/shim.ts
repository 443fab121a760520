import { core, kind } from '../wasm/core-module.ts';
import { WasmReader } from '../wasm/reader.ts';
import { writeSections, type Section } from '../wasm/sections.ts';
import { concat, number, signed, text, vector, type Bytes } from '../wasm/writer.ts';
import { moduleHeader } from '../wasm/module-header.ts';

/** Name under which the shim exports its table, and the filler imports it. */
export const shimTable = '$imports';

/**
 * A module whose functions, named by their place, call what its table has at that place. The functions of a host that use
 * the memory of a module exist only after it, and it needs them before: it gets these.
 */
export function writeShim(types: readonly Uint8Array[]): Uint8Array {
  return write([
    { id: core.type, body: vector(types) },
    { id: core.function, body: places(types) },
    { id: core.table, body: vector([table(types.length)]) },
    {
      id: core.export,
      body: vector([
        ...types.map((_, place) => concat(text(String(place)), [kind.function], number(place))),
        concat(text(shimTable), [kind.table, 0]),
      ]),
    },
    { id: core.code, body: vector(types.map(forward)) },
  ]);
}

/** A module that fills the table of a shim with the functions it imports, named by their place. */
export function writeFiller(types: readonly Uint8Array[]): Uint8Array {
  return write([
    { id: core.type, body: vector(types) },
    {
      id: core.import,
      body: vector([
        ...types.map((_, place) => concat(text(''), text(String(place)), [kind.function], number(place))),
        concat(text(''), text(shimTable), [kind.table], table(types.length)),
      ]),
    },
    { id: core.element, body: vector([concat([0, 0x41, 0, 0x0b], places(types))]) },
  ]);
}

function forward(type: Uint8Array, place: number): Uint8Array {
  const parameters = new WasmReader(type.subarray(1)).number();
  const body = concat([0], ...Array.from({ length: parameters }, (_, index) => [0x20, ...number(index)]), [
    0x41,
    ...signed(place),
    0x11,
    ...number(place),
    0,
    0x0b,
  ]);
  return concat(number(body.length), body);
}

function table(length: number): Bytes {
  return concat([0x70, 1], number(length), number(length));
}

function places(types: readonly Uint8Array[]): Uint8Array {
  return vector(types.map((_, place) => number(place)));
}

function write(sections: readonly Section[]): Uint8Array {
  return writeSections(moduleHeader, sections);
}
