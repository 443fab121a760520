import { fold } from '../wasm/constant.ts';
import {
  core,
  importsOf,
  kind,
  writeData,
  type CoreImport,
  type CoreModule,
  type DataSegment,
} from '../wasm/core-module.ts';
import { renumber } from '../wasm/instructions.ts';
import { callPlace, lengthenTable, tableName } from './host-calls.ts';
import { joinData } from './join-data.ts';
import { moduleHeader } from '../wasm/module-header.ts';
import { roundMemory } from './round-memory.ts';
import { writeSections } from '../wasm/sections.ts';
import { concat, number, text, vector, type Bytes } from '../wasm/writer.ts';

/** Where an import of a module comes from: an export of another of the modules, or the host. */
export type Source = { readonly module: number; readonly name: string } | { readonly host: string };

export interface LinkedModule {
  readonly module: CoreModule;
  readonly source: (of: CoreImport) => Source;
}

/** Functions put into the one table from outside of the modules. */
export interface TableEntries {
  readonly offset: Uint8Array;
  readonly functions: readonly Source[];
}

export interface FusedModule {
  readonly bytes: Uint8Array;
  /** The functions of the host that it calls, from this place of its table on. It imports nothing. */
  readonly firstHostPlace: number;
  readonly hostFunctions: readonly HostFunction[];
}

export interface HostFunction {
  readonly name: string;
  /** The binary form of its type. */
  readonly type: Uint8Array;
}

/**
 * One core module of several that share one memory and one table.
 * @param modules What is fused.
 * @param entries What else the table has.
 * @param exported The functions that the module exports, by the name they get; it also exports `memory` and `table`.
 * @param isOffered Whether the host may have a function. A call of one it has not is a trap.
 * @param memoryOf Limits of the memory, as in the binary, by those that the modules say.
 */
export function linkModules(
  modules: readonly LinkedModule[],
  entries: readonly TableEntries[],
  exported: ReadonlyMap<string, Source>,
  isOffered: (host: string) => boolean,
  memoryOf: (limits: Uint8Array) => Uint8Array = roundMemory,
): FusedModule {
  const link = new Link(modules, isOffered);
  const data = joinData(modules.flatMap(({ module }, index) => link.dataOf(module, index)));
  const parts = modules.map(({ module }, index) => link.partsOf(module, index, data.indexOf));
  const all = <T>(of: (part: Parts) => readonly T[]): T[] => parts.flatMap(of);
  const [ownTable, ...otherTables] = modules.flatMap(({ module }) => module.tables);
  const memories = modules.flatMap(({ module }) => module.memories);
  if (ownTable === undefined || otherTables.length > 0 || memories.length !== 1)
    throw new RangeError('The modules do not share one memory and one table.');
  const table = lengthenTable(ownTable, link.offered.length);

  const elements = [
    ...all((part) => part.elements),
    ...entries.map(({ offset, functions }) =>
      concat([0], fold(offset, []), vector(functions.map((each) => number(link.functionOf(each))))),
    ),
  ];
  const exports = [...exported].map(([name, source]) =>
    concat(text(name), [kind.function], number(link.functionOf(source))),
  );
  const bodies = [
    ...link.offered.map(({ type }, index) => callPlace(type, link.typeOf(type), table.first + index)),
    ...all((part) => part.bodies),
    ...link.missing.map(() => trap),
  ];
  const typesOf = (functions: readonly HostFunction[]): Bytes[] =>
    functions.map(({ type }) => number(link.typeOf(type)));
  const bytes = writeSections(moduleHeader, [
    { id: core.type, body: vector(link.types) },
    {
      id: core.function,
      body: vector([...typesOf(link.offered), ...all((part) => part.functions), ...typesOf(link.missing)]),
    },
    { id: core.table, body: vector([table.bytes]) },
    { id: core.memory, body: vector(memories.map(memoryOf)) },
    { id: core.global, body: vector(all((part) => part.globals)) },
    {
      id: core.export,
      body: vector([
        ...exports,
        concat(text('memory'), [kind.memory, 0]),
        concat(text(tableName), [kind.table, 0]),
      ]),
    },
    { id: core.element, body: vector(elements) },
    { id: core.dataCount, body: Uint8Array.from(number(data.segments.length)) },
    { id: core.code, body: vector(bodies.map((body) => concat(number(body.length), body))) },
    { id: core.data, body: vector(data.segments.map(writeData)) },
  ]);
  return { bytes, firstHostPlace: table.first, hostFunctions: link.offered };
}

/** No locals, `unreachable`, `end`. */
const trap = Uint8Array.of(0, 0, 0x0b);

/** What one module brings, with its new indices. */
interface Parts {
  readonly functions: readonly Bytes[];
  readonly globals: readonly Bytes[];
  readonly elements: readonly Bytes[];
  readonly bodies: readonly Uint8Array[];
}

/** The index spaces of the fused module. Functions: those that call the host, those of the modules in turn, and the traps. */
class Link {
  readonly types: Uint8Array[] = [];
  readonly offered: HostFunction[] = [];
  readonly missing: HostFunction[] = [];
  readonly #modules: readonly LinkedModule[];
  readonly #typeIndex = new Map<string, number>();
  /** Of a function of the host: its place among those offered, or among those missing. */
  readonly #host = new Map<string, { readonly isOffered: boolean; readonly place: number }>();
  readonly #firstFunction: number[] = [];
  readonly #firstGlobal: number[] = [];
  readonly #firstData: number[] = [];
  readonly #firstMissing: number;

  constructor(modules: readonly LinkedModule[], isOffered: (host: string) => boolean) {
    this.#modules = modules;
    for (const { module, source } of modules) {
      for (const each of importsOf(module, kind.function)) {
        const from = source(each);
        if (!('host' in from) || this.#host.has(from.host)) continue;
        const type = at(module.types, each.type);
        const offered = isOffered(from.host);
        const list = offered ? this.offered : this.missing;
        this.#host.set(from.host, { isOffered: offered, place: list.length });
        list.push({ name: from.host, type });
      }
    }
    let [functions, globals, data] = [this.offered.length, 0, 0];
    for (const { module } of modules) {
      this.#firstFunction.push(functions);
      this.#firstGlobal.push(globals);
      this.#firstData.push(data);
      functions += module.functions.length;
      globals += module.globals.length;
      data += module.data.length;
    }
    this.#firstMissing = functions;
  }

  typeOf(type: Uint8Array): number {
    const key = Buffer.from(type).toString('hex');
    const known = this.#typeIndex.get(key);
    if (known !== undefined) return known;
    this.#typeIndex.set(key, this.types.length);
    return this.types.push(type) - 1;
  }

  functionOf(source: Source): number {
    if ('host' in source) {
      const known = this.#host.get(source.host);
      if (known === undefined) throw new RangeError(`No module imports ${source.host}.`);
      return known.isOffered ? known.place : this.#firstMissing + known.place;
    }
    return this.#itemOf(source, kind.function);
  }

  /** The data of a module, its offsets as constants of one instruction. */
  dataOf(module: CoreModule, index: number): DataSegment[] {
    const values = importsOf(module, kind.global).map((each) => this.#valueOf(this.#global(index, each)));
    return module.data.map(({ offset, bytes }) => ({ offset: offset && fold(offset, values), bytes }));
  }

  /** @param dataIndex The index of a segment among all that are written, by that among all that the modules bring. */
  partsOf(module: CoreModule, index: number, dataIndex: (segment: number) => number): Parts {
    const types = module.types.map((type) => this.typeOf(type));
    const imported = importsOf(module, kind.function).map((each) =>
      this.functionOf(this.#source(index, each)),
    );
    const globals = importsOf(module, kind.global).map((each) => this.#global(index, each));
    const values = globals.map((global) => this.#valueOf(global));
    const to = {
      type: (type: number) => at(types, type),
      function: (of: number) => imported[of] ?? at(this.#firstFunction, index) + of - imported.length,
      table: () => 0,
      global: (of: number) => globals[of] ?? at(this.#firstGlobal, index) + of - globals.length,
      data: (of: number) => dataIndex(at(this.#firstData, index) + of),
    };
    return {
      functions: module.functions.map((type) => number(to.type(type))),
      globals: module.globals.map(({ type, value }) => concat(type, fold(value, values))),
      elements: module.elements.map(({ offset, functions }) =>
        concat([0], fold(offset, values), vector(functions.map((of) => number(to.function(of))))),
      ),
      bodies: module.bodies.map((body) => renumber(body, to)),
    };
  }

  #source(index: number, of: CoreImport): Source {
    return at(this.#modules, index).source(of);
  }

  #global(index: number, of: CoreImport): number {
    const source = this.#source(index, of);
    if ('host' in source) throw new RangeError(`The host has no global ${source.host}.`);
    return this.#itemOf(source, kind.global);
  }

  /** What a global of the fused module starts with. */
  #valueOf(global: number): Uint8Array {
    const owner = this.#firstGlobal.findLastIndex((first) => first <= global);
    return at(at(this.#modules, owner).module.globals, global - at(this.#firstGlobal, owner)).value;
  }

  /** The new index of what a module exports, which may itself be an import. */
  #itemOf(source: { readonly module: number; readonly name: string }, of: number): number {
    const { module } = at(this.#modules, source.module);
    const found = module.exports.find((each) => each.kind === of && each.name === source.name);
    if (found === undefined) throw new RangeError(`A module does not export ${source.name}.`);
    const imported = importsOf(module, of);
    const passed = imported[found.index];
    if (passed !== undefined) {
      const from = this.#source(source.module, passed);
      return of === kind.function
        ? this.functionOf(from)
        : this.#itemOf(from as { module: number; name: string }, of);
    }
    const first = of === kind.function ? this.#firstFunction : this.#firstGlobal;
    return at(first, source.module) + found.index - imported.length;
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError('A component names something that it does not have.');
  return item;
}
