import { kind, readCoreModule, type CoreImport, type CoreModule } from '../wasm/core-module.ts';
import { component, type Section } from '../wasm/sections.ts';
import {
  readCoreInstances,
  readCoreItems,
  type CoreFunction,
  type CoreInstance,
  type CoreItems,
} from './component-items.ts';
import type { Source, TableEntries } from './core-linker.ts';
import { HostNames } from './host-names.ts';

const functionTable = '__indirect_function_table';

/**
 * The core modules of a component and how they hang together, as wit-component links libraries: one module has the memory
 * and the table, the libraries import them, a shim stands for functions of the host that need the memory, and a last
 * module fills the tables.
 */
export class RuntimeGraph {
  /** The modules that do the work, and their places among all modules. */
  readonly linked: readonly { readonly place: number; readonly module: CoreModule }[];
  readonly #modules: readonly CoreModule[];
  readonly #instances: readonly CoreInstance[];
  readonly #items: CoreItems;
  readonly #names: HostNames;
  readonly #shim: number;
  readonly #filler: number;

  /** @throws RangeError when the component is laid out in another way. */
  constructor(sections: readonly Section[]) {
    this.#modules = sections
      .filter(({ id }) => id === component.module)
      .map(({ body }) => readCoreModule(body));
    this.#instances = sections.filter(({ id }) => id === component.coreInstance).flatMap(readCoreInstances);
    this.#items = readCoreItems(sections);
    this.#names = new HostNames(sections);
    const fillers = this.#modules.flatMap(({ imports }, place) =>
      imports.filter((each) => each.kind === kind.table).length === 2 ? [place] : [],
    );
    const shims = this.#modules.flatMap(({ imports, tables }, place) =>
      imports.length === 0 && tables.length === 1 && !this.#hasMemory(place) ? [place] : [],
    );
    this.#filler = only(fillers, 'one module fills the tables');
    this.#shim = only(shims, 'one module stands for the functions of the host');
    this.linked = this.#modules.flatMap((module, place) =>
      place === this.#filler || place === this.#shim ? [] : [{ place, module }],
    );
  }

  /** The module that has the memory. */
  get main(): CoreModule {
    const main = this.linked.find(({ module }) => module.memories.length > 0);
    if (main === undefined) throw new RangeError('No module of the component has a memory.');
    return main.module;
  }

  /** Where an import of the module at `place` comes from. */
  sourceOf(place: number, of: CoreImport): Source {
    const instance = this.#instances[this.#instanceOf(place)]?.with.get(of.module);
    if (instance === undefined) throw new RangeError(`A module is not given ${of.module}.`);
    return this.#resolve(instance, of.name, of.kind);
  }

  /** What a core function of the component is. */
  sourceOfFunction(index: number): Source {
    const item = this.#item(index);
    if (item.form === 'alias') return this.#resolve(item.instance, item.name, kind.function);
    if (item.form === 'lower') return { host: this.#names.functionName(item.function) };
    return { host: this.#names.dropName(item.type) };
  }

  /** How the component makes each function of the host, by its name; the one that uses the memory where there are two. */
  hostFunctions(): Map<string, Exclude<CoreFunction, { form: 'alias' }>> {
    const all = new Map<string, Exclude<CoreFunction, { form: 'alias' }>>();
    for (const [index, item] of this.#items.functions.entries()) {
      const source = this.sourceOfFunction(index);
      if (item.form !== 'alias' && 'host' in source) all.set(source.host, item);
    }
    return all;
  }

  /** What the filler puts into the table that the libraries share. */
  tableEntries(): TableEntries[] {
    const { imports, elements } = this.#module(this.#filler);
    const tables = imports.filter((each) => each.kind === kind.table);
    const functions = imports.filter((each) => each.kind === kind.function);
    return elements
      .filter((segment) => tables[segment.table]?.name === functionTable && segment.functions.length > 0)
      .map((segment) => ({
        offset: segment.offset,
        functions: segment.functions.map((index) => {
          const of = functions[index];
          if (of === undefined) throw new RangeError('The filler puts a function of its own into the table.');
          return this.sourceOf(this.#filler, of);
        }),
      }));
  }

  #resolve(instance: number, name: string, of: number): Source {
    const { module, items } = this.#instances[instance] ?? { module: undefined, items: [] };
    if (module === this.#shim && of === kind.function) return this.#behindShim(name);
    if (module !== undefined) {
      const place = this.linked.findIndex((each) => each.place === module);
      if (place < 0) throw new RangeError(`A module is given ${name} of one that only links.`);
      return { module: place, name };
    }
    const item = items.find((each) => each.name === name && each.kind === of);
    if (item === undefined) throw new RangeError(`A module is not given ${name}.`);
    if (of === kind.function) return this.sourceOfFunction(item.index);
    const other = this.#items.others.get(of)?.[item.index];
    if (other === undefined) throw new RangeError(`A module is not given ${name}.`);
    return this.#resolve(other.instance, other.name, of);
  }

  /** What the filler puts into the shim's table at the place that a function of the shim calls. */
  #behindShim(name: string): Source {
    const filler = this.#module(this.#filler);
    const tables = filler.imports.filter((each) => each.kind === kind.table);
    const functions = filler.imports.filter((each) => each.kind === kind.function);
    for (const segment of filler.elements) {
      if (tables[segment.table]?.name === functionTable) continue;
      const of = functions[segment.functions[Number(name)] ?? -1];
      if (of !== undefined) return this.sourceOf(this.#filler, of);
    }
    throw new RangeError(`Nothing stands behind the function ${name} of the shim.`);
  }

  #hasMemory(place: number): boolean {
    return this.#module(place).memories.length > 0;
  }

  #module(place: number): CoreModule {
    const module = this.#modules[place];
    if (module === undefined) throw new RangeError('A component names a module that it does not have.');
    return module;
  }

  #instanceOf(place: number): number {
    return this.#instances.findIndex((each) => each.module === place);
  }

  #item(index: number): CoreFunction {
    const item = this.#items.functions[index];
    if (item === undefined) throw new RangeError('A component names a core function that it does not have.');
    return item;
  }
}

function only(found: readonly number[], what: string): number {
  const [one, ...others] = found;
  if (one === undefined || others.length > 0)
    throw new RangeError(`The component is laid out in another way than expected: ${what}, elsewhere.`);
  return one;
}
