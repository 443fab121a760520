import { component, type Section } from '../wasm/sections.ts';
import {
  countOf,
  readAliases,
  readCanonicals,
  readComponentExports,
  readComponentImports,
  sort,
} from './component-items.ts';

/** What the functions, types and instances of a component are called where they are of its imports. */
export class HostNames {
  readonly #instances: (string | undefined)[] = [];
  readonly #functions: (string | undefined)[] = [];
  readonly #types: (string | undefined)[] = [];

  /** @param sections Of a component: what is added to each index space, in turn. */
  constructor(sections: readonly Section[]) {
    for (const section of sections) this.#add(section);
  }

  /** Such as `wasi:random/random@0.2.12#get-random-bytes`. */
  functionName(index: number): string {
    return known(this.#functions[index]);
  }

  /** What drops a resource of the host, such as `wasi:io/poll@0.2.12#[resource-drop]pollable`. */
  dropName(type: number): string {
    return known(this.#types[type]).replace('#', '#[resource-drop]');
  }

  #add(section: Section): void {
    switch (section.id) {
      case component.import:
        this.#instances.push(...readComponentImports(section).map(({ name }) => name));
        break;
      case component.instance:
        // Made here, so not the host's.
        this.#instances.push(...Array.from({ length: countOf(section) }, () => undefined));
        break;
      case component.type:
        this.#types.push(...Array.from({ length: countOf(section) }, () => undefined));
        break;
      case component.canonical:
        for (const { form } of readCanonicals(section)) if (form === 'lift') this.#functions.push(undefined);
        break;
      case component.export:
        for (const each of readComponentExports(section)) this.#spaceOf(each.sort)?.push(undefined);
        break;
      case component.alias:
        for (const each of readAliases(section)) {
          const owner = each.instance === undefined ? undefined : this.#instances[each.instance];
          if (each.sort !== sort.core)
            this.#spaceOf(each.sort)?.push(owner === undefined ? undefined : `${owner}#${each.name}`);
        }
        break;
    }
  }

  #spaceOf(of: number): (string | undefined)[] | undefined {
    if (of === sort.function) return this.#functions;
    if (of === sort.type) return this.#types;
    return of === sort.instance ? this.#instances : undefined;
  }
}

function known(name: string | undefined): string {
  if (name === undefined)
    throw new RangeError('A component gives its code a function that is not of the host.');
  return name;
}
