import { readConstant } from './constant.ts';
import { WasmReader } from './reader.ts';
import { readSections } from './sections.ts';
import { concat, number } from './writer.ts';

/** Kinds of what a core module imports and exports. */
export const kind = { function: 0, table: 1, memory: 2, global: 3 } as const;

/** Numbers of a core module's sections. */
export const core = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;

export interface CoreImport {
  readonly module: string;
  readonly name: string;
  readonly kind: number;
  /** Of a function: the index of its type. */
  readonly type: number;
}

export interface CoreExport {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
}

export interface CoreGlobal {
  /** Value type and mutability. */
  readonly type: Uint8Array;
  readonly value: Uint8Array;
}

/** Functions that are put into a table when the module is instantiated. */
export interface ElementSegment {
  readonly table: number;
  readonly offset: Uint8Array;
  readonly functions: readonly number[];
}

/** Bytes that are put into the memory: at `offset` when the module is instantiated, or by its code where there is none. */
export interface DataSegment {
  readonly offset: Uint8Array | undefined;
  readonly bytes: Uint8Array;
}

/** What a core module is made of, taken apart. Types, tables, memories and bodies are as in the binary. */
export interface CoreModule {
  readonly types: readonly Uint8Array[];
  readonly imports: readonly CoreImport[];
  /** Types of the functions it defines. */
  readonly functions: readonly number[];
  readonly tables: readonly Uint8Array[];
  readonly memories: readonly Uint8Array[];
  readonly globals: readonly CoreGlobal[];
  readonly exports: readonly CoreExport[];
  readonly elements: readonly ElementSegment[];
  readonly bodies: readonly Uint8Array[];
  readonly data: readonly DataSegment[];
}

/** @throws RangeError for a module with parts that no component of the tool chain has. */
export function readCoreModule(bytes: Uint8Array): CoreModule {
  const sections = new Map(readSections(bytes).map(({ id, body }) => [id, body]));
  if (sections.has(core.start)) throw new RangeError('A module has a start function.');
  const all = <T>(id: number, read: (reader: WasmReader) => T): T[] => {
    const body = sections.get(id);
    return body === undefined ? [] : new WasmReader(body).vector(read);
  };
  return {
    types: all(core.type, readType),
    imports: all(core.import, readImport),
    functions: all(core.function, (reader) => reader.number()),
    tables: all(core.table, (reader) => reader.span(skipTable)),
    memories: all(core.memory, (reader) => reader.span(skipLimits)),
    globals: all(core.global, (reader) => ({ type: reader.take(2), value: readConstant(reader) })),
    exports: all(core.export, (reader) => ({
      name: reader.text(),
      kind: reader.byte(),
      index: reader.number(),
    })),
    elements: all(core.element, readElement),
    bodies: all(core.code, (reader) => reader.take(reader.number())),
    data: all(core.data, readData),
  };
}

/** How many items of a kind a module imports: those it defines have the indices after them. */
export function importsOf(module: CoreModule, of: number): CoreImport[] {
  return module.imports.filter((each) => each.kind === of);
}

function readType(reader: WasmReader): Uint8Array {
  return reader.span(() => {
    if (reader.byte() !== 0x60) throw new RangeError('A type is not one of a function.');
    reader.take(reader.number());
    reader.take(reader.number());
  });
}

function readImport(reader: WasmReader): CoreImport {
  const module = reader.text();
  const name = reader.text();
  const imported = reader.byte();
  let type = 0;
  if (imported === kind.function) type = reader.number();
  else if (imported === kind.global) reader.take(2);
  else if (imported === kind.table) skipTable(reader);
  else skipLimits(reader);
  return { module, name, kind: imported, type };
}

function readElement(reader: WasmReader): ElementSegment {
  const form = reader.number();
  if (form !== 0 && form !== 2) throw new RangeError(`An element segment has the form ${form}.`);
  const table = form === 2 ? reader.number() : 0;
  const offset = readConstant(reader);
  if (form === 2) reader.byte();
  return { table, offset, functions: reader.vector((each) => each.number()) };
}

function readData(reader: WasmReader): DataSegment {
  const form = reader.number();
  if (form > 1) throw new RangeError(`A data segment has the form ${form}.`);
  const offset = form === 0 ? readConstant(reader) : undefined;
  return { offset, bytes: reader.take(reader.number()) };
}

/** A segment as in the binary. */
export function writeData({ offset, bytes }: DataSegment): Uint8Array {
  return concat(offset === undefined ? [1] : [0], offset ?? [], number(bytes.length), bytes);
}

function skipTable(reader: WasmReader): void {
  reader.byte();
  skipLimits(reader);
}

function skipLimits(reader: WasmReader): void {
  const flags = reader.byte();
  if (flags > 1) throw new RangeError('A memory or table is shared, or has more than 32 bits.');
  reader.number();
  if (flags === 1) reader.number();
}
