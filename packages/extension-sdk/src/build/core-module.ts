import { bodyOf, core, type Section } from './wasm-sections.ts';
import { WasmReader } from './wasm-reader.ts';

/** Kinds of what a core module imports and exports. */
export const kind = { function: 0, table: 1, memory: 2, global: 3 } as const;

export interface CoreImport {
  readonly module: string;
  readonly name: string;
  readonly kind: number;
  /** As it stands in the binary. */
  readonly bytes: Uint8Array;
}

export interface CoreExport {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** An active segment: functions that are put into a table when the module is instantiated. */
export interface ElementSegment {
  readonly table: number;
  /** The offset: a constant, or the index of a global. */
  readonly offset: { readonly constant: number } | { readonly global: number };
  readonly functions: readonly number[];
  readonly bytes: Uint8Array;
}

export function readImports(sections: readonly Section[]): CoreImport[] {
  return entries(sections, core.import, (reader) => {
    const module = reader.text();
    const name = reader.text();
    const imported = reader.byte();
    if (imported === kind.function) reader.number();
    else if (imported === kind.global) reader.take(2);
    else {
      if (imported === kind.table) reader.byte();
      if ((reader.byte() & 1) === 1) reader.number();
      reader.number();
    }
    return { module, name, kind: imported };
  });
}

export function readExports(sections: readonly Section[]): CoreExport[] {
  return entries(sections, core.export, (reader) => ({
    name: reader.text(),
    kind: reader.byte(),
    index: reader.number(),
  }));
}

/** @throws RangeError for a segment that is not an active one of functions. */
export function readElements(sections: readonly Section[]): ElementSegment[] {
  return entries(sections, core.element, (reader) => {
    const form = reader.number();
    if (form !== 0 && form !== 2) throw new RangeError(`An element segment has the form ${form}.`);
    const table = form === 2 ? reader.number() : 0;
    const offset = readOffset(reader);
    if (form === 2) reader.byte();
    return { table, offset, functions: reader.vector((each) => each.number()) };
  });
}

/** The value of each global, which must be a constant that is not negative. */
export function readGlobals(sections: readonly Section[]): number[] {
  return entries(sections, core.global, (reader) => {
    reader.take(2);
    const offset = readOffset(reader);
    if (!('constant' in offset)) throw new RangeError('A global is not a constant.');
    return { value: offset.constant };
  }).map(({ value }) => value);
}

function readOffset(reader: WasmReader): ElementSegment['offset'] {
  const instruction = reader.byte();
  const value = reader.number();
  if (reader.byte() !== 0x0b) throw new RangeError('An offset is more than one instruction.');
  if (instruction === 0x41) return { constant: value };
  if (instruction === 0x23) return { global: value };
  throw new RangeError(`An offset has the instruction ${instruction}.`);
}

function entries<T>(
  sections: readonly Section[],
  id: number,
  read: (reader: WasmReader) => T,
): (T & { bytes: Uint8Array })[] {
  const body = bodyOf(sections, id);
  if (body === undefined) return [];
  return new WasmReader(body).vector((reader) => {
    const start = reader.at;
    return { ...read(reader), bytes: body.subarray(start, reader.at) };
  });
}
