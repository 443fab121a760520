import { moduleHeader } from '../wasm/module-header.ts';
import { core, kind } from '../wasm/core-module.ts';
import { WasmReader } from '../wasm/reader.ts';
import { writeSections } from '../wasm/sections.ts';
import { concat, number, signed, text, vector } from '../wasm/writer.ts';

/*
 * How a module calls its host without importing anything. Functions of a host that use the memory of a module exist only after it, so it calls
 * them through its table, and a second module, the filler, puts them there. wit-component has a third one for that, whose functions do nothing
 * else: a host would make an instance of it for each request.
 */

/** Name under which a module exports its table, and the filler imports it. */
export const tableName = 'table';

/** A table with some more places at its end. */
export interface LongerTable {
  /** Type and limits, as in the binary. */
  readonly bytes: Uint8Array;
  /** Index of the first one that was added. */
  readonly first: number;
}

/** @param table Type and limits, as in the binary. */
export function lengthenTable(table: Uint8Array, added: number): LongerTable {
  const reader = new WasmReader(table);
  const type = reader.byte();
  const hasMaximum = reader.byte() === 1;
  const first = reader.number();
  const maximum = hasMaximum ? number(reader.number() + added) : [];
  return { bytes: concat([type, hasMaximum ? 1 : 0], number(first + added), maximum), first };
}

/**
 * The body of a function that calls what a table has at a place, and traps where there is nothing.
 * @param type In binary form.
 * @param typeIndex Its index.
 */
export function callPlace(type: Uint8Array, typeIndex: number, place: number): Uint8Array {
  const parameters = new WasmReader(type.subarray(1)).number();
  const getLocal = 0x20;
  return concat([0], ...Array.from({ length: parameters }, (_, index) => [getLocal, ...number(index)]), [
    0x41,
    ...signed(place),
    0x11,
    ...number(typeIndex),
    0,
    0x0b,
  ]);
}

/** A function for a place of a table. */
export interface Filling {
  readonly place: number;
  /** The binary form of its type. */
  readonly type: Uint8Array;
}

/** A module that puts the functions it imports, named by their turn, into places of a table that it imports. */
export function writeFiller(fillings: readonly Filling[]): Uint8Array {
  const smallest = Math.max(0, ...fillings.map(({ place }) => place + 1));
  return writeSections(moduleHeader, [
    { id: core.type, body: vector(fillings.map(({ type }) => type)) },
    {
      id: core.import,
      body: vector([
        ...fillings.map((_, turn) => concat(text(''), text(String(turn)), [kind.function], number(turn))),
        concat(text(''), text(tableName), [kind.table, 0x70, 0], number(smallest)),
      ]),
    },
    {
      id: core.element,
      body: vector(
        runsOf(fillings).map(({ place, turns }) =>
          concat([0, 0x41], signed(place), [0x0b], vector(turns.map(number))),
        ),
      ),
    },
  ]);
}

interface Run {
  readonly place: number;
  readonly turns: number[];
}

/** The turns of those that stand side by side. */
function runsOf(fillings: readonly Filling[]): Run[] {
  const runs: Run[] = [];
  for (const [turn, { place }] of fillings.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && last.place + last.turns.length === place) last.turns.push(turn);
    else runs.push({ place, turns: [turn] });
  }
  return runs;
}
