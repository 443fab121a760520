import { component, type Section } from '../wasm/sections.ts';
import { concat, number, vector } from '../wasm/writer.ts';
import {
  countOf,
  readAliases,
  readComponentExports,
  readComponentImports,
  readComponentInstances,
  sort,
  type Alias,
} from './component-items.ts';

/** An instance without exports, which stands where one was left out. */
export const emptyInstance: Section = { id: component.instance, body: vector([[1, 0]]) };

/** `bool`, which stands where a type was left out. */
const plainType: Section = { id: component.type, body: vector([[0x7f]]) };

/** An alias of a function that is there, which stands where a function was left out. */
export function someFunction(
  sections: readonly Section[],
  isKept: (interfaceName: string) => boolean,
): Section {
  const names = importNames(sections);
  const found = sections
    .filter(({ id }) => id === component.alias)
    .flatMap(readAliases)
    .find((each) => each.sort === sort.function && isKept(names[each.instance ?? -1] ?? ''));
  if (found === undefined) throw new RangeError('The component uses no function of its host.');
  return { id: component.alias, body: vector([found.bytes]) };
}

/**
 * A component without some of its imports, and without what hangs on them. All indices stay.
 * @param isKept Whether an import stays.
 * @param isComponentKept Whether a nested component stays, by its index: otherwise its instances are left out as well.
 * @throws RangeError when the component is not laid out as wit-component does it.
 */
export function leaveOut(
  sections: readonly Section[],
  isKept: (interfaceName: string) => boolean,
  isComponentKept: (index: number) => boolean,
): Section[] {
  const types = new Set<number>();
  for (const section of sections) {
    if (section.id !== component.import) continue;
    for (const { name, type } of readComponentImports(section)) if (!isKept(name)) types.add(type);
  }

  const gone = new Set<number>();
  let [type, instance] = [0, 0];
  const alias = (each: Alias): Section => {
    const isGone = each.instance !== undefined && gone.has(each.instance);
    if (each.sort === sort.type) type++;
    if (each.sort === sort.instance && isGone) gone.add(instance);
    if (each.sort === sort.instance) instance++;
    if (!isGone || each.sort === sort.core) return { id: component.alias, body: vector([each.bytes]) };
    if (each.sort === sort.type) return plainType;
    if (each.sort === sort.instance) return emptyInstance;
    if (each.sort === sort.function) return someFunction(sections, isKept);
    throw new RangeError(`The component takes ${each.name} of what is left out.`);
  };

  return sections.flatMap((section): Section[] => {
    switch (section.id) {
      case component.type: {
        const added = countOf(section);
        const isGone = Array.from({ length: added }, (_, index) => types.has(type + index)).includes(true);
        type += added;
        if (isGone && added > 1) throw new RangeError('The type of an import does not stand alone.');
        return [isGone ? plainType : section];
      }
      case component.import:
        return readComponentImports(section).map(({ name, bytes }) => {
          if (!isKept(name)) gone.add(instance);
          instance++;
          return isKept(name) ? { id: section.id, body: vector([bytes]) } : emptyInstance;
        });
      case component.instance:
        return readComponentInstances(section).map((each) => {
          const isGone = !isComponentKept(each.component);
          if (isGone) gone.add(instance);
          instance++;
          if (isGone) return emptyInstance;
          const given = each.with.filter(({ name }) => !isInterface(name) || isKept(name));
          return {
            id: section.id,
            body: vector([concat([0], number(each.component), vector(given.map(({ bytes }) => bytes)))]),
          };
        });
      case component.export:
        for (const each of readComponentExports(section)) {
          if (each.sort === sort.instance) instance++;
          if (each.sort === sort.type) type++;
        }
        return [section];
      case component.alias:
        return readAliases(section).map(alias);
      default:
        return [section];
    }
  });
}

/** Names of interfaces have a package, such as `wasi:random/random@0.2.12`. */
function isInterface(name: string): boolean {
  return name.includes('/');
}

function importNames(sections: readonly Section[]): string[] {
  return sections
    .filter(({ id }) => id === component.import)
    .flatMap(readComponentImports)
    .map(({ name }) => name);
}
