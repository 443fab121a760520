import { kind } from './core-module.ts';
import { WasmReader } from './wasm-reader.ts';
import { component, type Section } from './wasm-sections.ts';

/** How a component makes its core instances: from a module, or of single exports of others. */
export interface CoreInstance {
  readonly module?: number;
  /** For an instance of a module: from the name of what it imports to the instance that gives it. */
  readonly with: ReadonlyMap<string, number>;
  /** For one of single exports. */
  readonly exports: readonly CoreItem[];
}

/** An item with an index among the component's items of its kind. */
export interface CoreItem {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** An entry of an alias section. `export` is what it takes from a core instance; null for all other aliases. */
export interface Alias {
  readonly export: { readonly kind: number; readonly instance: number; readonly name: string } | null;
  readonly bytes: Uint8Array;
}

export function readInstances(section: Section): CoreInstance[] {
  const reader = new WasmReader(section.body);
  return reader.vector(() => {
    if (reader.byte() === 0)
      return { module: reader.number(), with: new Map(reader.vector(readArgument)), exports: [] };
    return {
      with: new Map(),
      exports: reader.vector(() => {
        const start = reader.at;
        const item = { name: reader.text(), kind: reader.byte(), index: reader.number() };
        return { ...item, bytes: section.body.subarray(start, reader.at) };
      }),
    };
  });
}

export function readAliases(section: Section): Alias[] {
  const reader = new WasmReader(section.body);
  return reader.vector(() => {
    const start = reader.at;
    const sort = reader.byte();
    const coreSort = sort === 0 ? reader.byte() : -1;
    const target = reader.byte();
    const instance = reader.number();
    const name = target === outer ? String(reader.number()) : reader.text();
    return {
      export: target === coreExport ? { kind: coreSort, instance, name } : null,
      bytes: section.body.subarray(start, reader.at),
    };
  });
}

/** What each core item of `of` is an alias of, in the order of their indices. */
export function aliasesOf(of: number, sections: readonly Section[]): NonNullable<Alias['export']>[] {
  if (of === kind.function) throw new RangeError('Functions come from more than aliases.');
  return sections
    .filter((section) => section.id === component.alias)
    .flatMap(readAliases)
    .flatMap((alias) => (alias.export?.kind === of ? [alias.export] : []));
}

const coreExport = 1;
const outer = 2;

function readArgument(reader: WasmReader): [string, number] {
  const name = reader.text();
  if (reader.byte() !== 0x12)
    throw new RangeError('A module is instantiated with something else than an instance.');
  return [name, reader.number()];
}
