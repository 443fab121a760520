import { kind } from '../wasm/core-module.ts';
import { WasmReader } from '../wasm/reader.ts';
import { component, type Section } from '../wasm/sections.ts';

/** Numbers of the kinds of what components import, export and alias. */
export const sort = { core: 0, function: 1, type: 3, component: 4, instance: 5 } as const;

/** An entry of an alias section. */
export interface Alias {
  readonly sort: number;
  /** With the sort `core`: the kind of the core item. */
  readonly coreKind: number;
  /** The instance it is an export of; none for an alias of something further out. */
  readonly instance: number | undefined;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An entry of a core instance section: an instance of a module, or one of single items. */
export interface CoreInstance {
  readonly module: number | undefined;
  /** From the name of what the module imports to the instance that gives it. */
  readonly with: ReadonlyMap<string, number>;
  readonly items: readonly { readonly name: string; readonly kind: number; readonly index: number }[];
}

/** An option of a canonical function: its number, and the index that it has in some. */
export interface CanonicalOption {
  readonly id: number;
  readonly index: number | undefined;
}

export const option = { memory: 3, realloc: 4, postReturn: 5 } as const;

/** An entry of a canonical section. */
export type Canonical =
  | {
      readonly form: 'lift';
      readonly function: number;
      readonly options: readonly CanonicalOption[];
      readonly type: number;
    }
  | { readonly form: 'lower'; readonly function: number; readonly options: readonly CanonicalOption[] }
  | { readonly form: 'drop'; readonly type: number };

export interface ComponentImport {
  readonly name: string;
  /** Index of the type of the instance that is imported. */
  readonly type: number;
  readonly bytes: Uint8Array;
}

export interface ComponentExport {
  readonly name: string;
  readonly sort: number;
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** An entry of an instance section: of a component, with what it is given. */
export interface ComponentInstance {
  readonly component: number;
  readonly with: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export function readAliases(section: Section): Alias[] {
  return entries(section, (reader) => {
    const of = reader.byte();
    const coreKind = of === sort.core ? reader.byte() : -1;
    const target = reader.byte();
    if (target === outerTarget) {
      reader.number();
      reader.number();
      return { sort: of, coreKind, instance: undefined, name: '' };
    }
    return { sort: of, coreKind, instance: reader.number(), name: reader.text() };
  });
}

export function readCoreInstances(section: Section): CoreInstance[] {
  return entries(section, (reader) => {
    if (reader.byte() === 0) {
      const module = reader.number();
      const given = reader.vector((each) => {
        const name = each.text();
        if (each.byte() !== 0x12) throw new RangeError('A module is given something else than an instance.');
        return [name, each.number()] as const;
      });
      return { module, with: new Map(given), items: [] };
    }
    const items = reader.vector((each) => ({ name: each.text(), kind: each.byte(), index: each.number() }));
    return { module: undefined, with: new Map(), items };
  });
}

export function readCanonicals(section: Section): Canonical[] {
  return entries(section, (reader): Canonical => {
    const form = reader.byte();
    if (form === 3) return { form: 'drop', type: reader.number() };
    if (form > 1 || reader.byte() !== 0)
      throw new RangeError(`A function of the component has the form ${form}.`);
    const of = reader.number();
    const options = reader.vector(readOption);
    if (form === 1) return { form: 'lower', function: of, options };
    return { form: 'lift', function: of, options, type: reader.number() };
  });
}

export function readComponentImports(section: Section): ComponentImport[] {
  return entries(section, (reader) => {
    if (reader.byte() > 1) throw new RangeError('An import has a version apart from its name.');
    const name = reader.text();
    if (reader.byte() !== sort.instance) throw new RangeError(`${name} is not imported as an instance.`);
    return { name, type: reader.number() };
  });
}

export function readComponentExports(section: Section): ComponentExport[] {
  return entries(section, (reader) => {
    if (reader.byte() > 1) throw new RangeError('An export has a version apart from its name.');
    const entry = { name: reader.text(), sort: reader.byte(), index: reader.number() };
    if (reader.byte() !== 0) throw new RangeError(`The export ${entry.name} has a type of its own.`);
    return entry;
  });
}

export function readComponentInstances(section: Section): ComponentInstance[] {
  return entries(section, (reader) => {
    if (reader.byte() !== 0) throw new RangeError('An instance is made of single items.');
    const of = reader.number();
    const given = reader.vector((each) => {
      let name = '';
      const bytes = each.span(() => {
        name = each.text();
        if (each.byte() === sort.core) each.byte();
        each.number();
      });
      return { name, bytes };
    });
    return { component: of, with: given };
  });
}

/** How many types, components or such a section adds. */
export function countOf(section: Section): number {
  return new WasmReader(section.body).number();
}

/** The core functions, tables, memories and globals of a component, by their indices. */
export interface CoreItems {
  readonly functions: readonly CoreFunction[];
  readonly others: ReadonlyMap<number, readonly { readonly instance: number; readonly name: string }[]>;
}

export type CoreFunction =
  | { readonly form: 'alias'; readonly instance: number; readonly name: string }
  | Exclude<Canonical, { form: 'lift' }>;

export function readCoreItems(sections: readonly Section[]): CoreItems {
  const functions: CoreFunction[] = [];
  const others = new Map<number, { instance: number; name: string }[]>();
  for (const section of sections) {
    if (section.id === component.canonical) {
      for (const each of readCanonicals(section)) if (each.form !== 'lift') functions.push(each);
    } else if (section.id === component.alias) {
      for (const { sort: of, coreKind, instance, name } of readAliases(section)) {
        if (of !== sort.core || instance === undefined) continue;
        if (coreKind === kind.function) functions.push({ form: 'alias', instance, name });
        else others.set(coreKind, [...(others.get(coreKind) ?? []), { instance, name }]);
      }
    }
  }
  return { functions, others };
}

const outerTarget = 2;

function readOption(reader: WasmReader): CanonicalOption {
  const id = reader.byte();
  if (id > option.postReturn) throw new RangeError(`A function of the component has the option ${id}.`);
  return { id, index: id >= option.memory ? reader.number() : undefined };
}

function entries<T>(section: Section, read: (reader: WasmReader) => T): (T & { bytes: Uint8Array })[] {
  return new WasmReader(section.body).vector((reader) => {
    const start = reader.at;
    return { ...read(reader), bytes: section.body.subarray(start, reader.at) };
  });
}
