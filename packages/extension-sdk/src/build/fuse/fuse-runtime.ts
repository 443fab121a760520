import { stackLength, type MemoryLayout } from '../engine/memory-layout.ts';
import { kind } from '../wasm/core-module.ts';
import { component, readSections, writeSections, type Section } from '../wasm/sections.ts';
import { concat, number, text, vector, type Bytes } from '../wasm/writer.ts';
import {
  option,
  readAliases,
  readCanonicals,
  readComponentExports,
  sort,
  type Canonical,
  type CanonicalOption,
} from './component-items.ts';
import { linkModules, type Source } from './core-linker.ts';
import { deadStackLength } from './dead-stack.ts';
import { checkRoom, cutMemory, withSmallStack } from './fit-memory.ts';
import { tableName, writeFiller } from './host-calls.ts';
import { leaveOut, someFunction } from './leave-out.ts';
import { rehearse, type HandlerExports } from './rehearse.ts';
import { RuntimeGraph } from './runtime-graph.ts';
import { scrubMemory } from './scrub-memory.ts';

/** The export that answers requests. */
const requestHandler = 'alga:extension/http-handler@2.0.0#handle';

type Lift = Extract<Canonical, { form: 'lift' }>;
type HostFunction = Exclude<Canonical, { form: 'lift' }>;

/** What a component may have from its host, by the names of interfaces. */
export interface HostChoice {
  /** Whether its code can call the functions of an interface. */
  readonly mayCall: (interfaceName: string) => boolean;
  /** Whether it imports it. */
  readonly imports: (interfaceName: string) => boolean;
}

/**
 * The part of a component that runs: its core modules made one, wired to the host, and its exports lifted from that.
 * @param start An export that goes.
 * @param layout That of the memory, when the engine was placed for one.
 * @throws NoRoomError when the memory has to be larger than that.
 * @throws RangeError when it is not laid out as wit-component does it.
 */
export function fuseRuntime(
  bytes: Uint8Array,
  host: HostChoice,
  start: string,
  layout: MemoryLayout | undefined,
): Uint8Array {
  const sections = readSections(bytes);
  const graph = new RuntimeGraph(sections);
  const isStart = (lift: Lift): boolean => nameOf(graph.sourceOfFunction(lift.function)) === start;
  const wiring = new Wiring(
    graph,
    host,
    liftsOf(sections).filter((lift) => !isStart(lift)),
    layout,
  );
  const placeholder = someFunction(sections, host.imports);

  let isWired = false;
  const rewritten = leaveOut(sections, host.imports, () => true).flatMap((section): Section[] => {
    switch (section.id) {
      case component.custom:
      case component.module:
      case component.coreInstance:
        return [];
      case component.alias:
        return readAliases(section)
          .filter((each) => each.sort !== sort.core)
          .map(({ bytes: entry }) => ({ id: section.id, body: vector([entry]) }));
      case component.canonical: {
        const lifts = readCanonicals(section).filter((each) => each.form === 'lift');
        if (lifts.length === 0) return [];
        const lifted = lifts.map((lift) => (isStart(lift) ? placeholder : wiring.lift(lift)));
        const before = isWired ? [] : wiring.sections;
        isWired = true;
        return [...before, ...lifted];
      }
      case component.export:
        return readComponentExports(section).map((each) =>
          each.name === start ? placeholder : { id: section.id, body: vector([each.bytes]) },
        );
      default:
        return [section];
    }
  });
  return writeSections(bytes, rewritten);
}

/** The core part: the fused module, the functions of the host, and the filler that gives the one the others. */
class Wiring {
  readonly sections: readonly Section[];
  /** By the core function that the original names: the one that takes its place. */
  readonly #exported: ReadonlyMap<number, number>;

  constructor(
    graph: RuntimeGraph,
    host: HostChoice,
    lifts: readonly Lift[],
    layout: MemoryLayout | undefined,
  ) {
    const hostFunctions = graph.hostFunctions();
    const lowered = [...hostFunctions]
      .filter(([name]) => host.imports(interfaceOf(name)))
      .flatMap(([, each]) => (each.form === 'lower' ? each.options : []));
    const named = [
      ...lifts.flatMap((lift) => [lift.function, ...functionsOf(lift.options)]),
      ...functionsOf(lowered),
    ];
    const exported = [...new Set(named)];
    const fused = linkModules(
      graph.linked.map(({ place, module }) => ({
        module: layout !== undefined && module === graph.main ? withSmallStack(module) : module,
        source: (of) => graph.sourceOf(place, of),
      })),
      graph.tableEntries(),
      new Map(exported.map((index) => [exportName(index), graph.sourceOfFunction(index)])),
      (name) => host.mayCall(interfaceOf(name)),
      layout === undefined ? undefined : (limits) => cutMemory(limits, layout),
    );
    this.#exported = new Map(exported.map((index, place) => [index, place]));
    const handler = lifts.find((lift) => nameOf(graph.sourceOfFunction(lift.function)) === requestHandler);
    const names = handler === undefined ? undefined : handlerExports(handler);
    const stack = layout === undefined ? deadStackLength(graph.main) : stackLength;
    const made = scrubMemory(fused.bytes, stack, names?.allocator);
    const module = names === undefined ? made : scrubMemory(rehearse(made, names), stack, names.allocator);
    if (layout !== undefined) checkRoom(module, layout);

    const given = fused.hostFunctions.flatMap(({ name, type }, index) => {
      if (!host.imports(interfaceOf(name))) return [];
      const how = hostFunctions.get(name);
      if (how === undefined) throw new RangeError(`The component has no ${name}.`);
      return [{ how, type, place: fused.firstHostPlace + index }];
    });
    this.sections = [
      { id: component.module, body: module },
      { id: component.module, body: writeFiller(given) },
      instantiate(0, []),
      coreAlias(kind.memory, 0, 'memory'),
      ...exported.map((index) => coreAlias(kind.function, 0, exportName(index))),
      ...given.map(({ how }) => this.#make(how)),
      coreAlias(kind.table, 0, tableName),
      bag([
        [tableName, kind.table, 0],
        ...given.map((_, turn): BagItem => [String(turn), kind.function, exported.length + turn]),
      ]),
      instantiate(1, [['', 1]]),
    ];
  }

  lift({ function: of, options, type }: Lift): Section {
    return canonical([0, 0], number(this.#newIndex(of)), this.#options(options), number(type));
  }

  #make(made: HostFunction): Section {
    if (made.form === 'drop') return canonical([3], number(made.type));
    return canonical([1, 0], number(made.function), this.#options(made.options));
  }

  #options(options: readonly CanonicalOption[]): Uint8Array {
    return vector(
      options.flatMap(({ id, index }) => {
        if (index === undefined) return [[id]];
        // It would tidy up when the answer was read, in an instance that is dropped then.
        if (id === option.postReturn) return [];
        return [[id, ...number(id === option.memory ? 0 : this.#newIndex(index))]];
      }),
    );
  }

  #newIndex(of: number): number {
    const index = this.#exported.get(of);
    if (index === undefined) throw new RangeError('A function of the component names one that is not there.');
    return index;
  }
}

/** What the names of a handler's core functions are now. */
function handlerExports({ function: handle, options }: Lift): HandlerExports | undefined {
  const of = (id: number): number | undefined => options.find((each) => each.id === id)?.index;
  const [allocator, tidy] = [of(option.realloc), of(option.postReturn)];
  if (allocator === undefined || tidy === undefined) return undefined;
  return { handle: exportName(handle), allocator: exportName(allocator), tidy: exportName(tidy) };
}

type BagItem = readonly [name: string, kind: number, index: number];

function liftsOf(sections: readonly Section[]): Lift[] {
  return sections
    .filter(({ id }) => id === component.canonical)
    .flatMap(readCanonicals)
    .filter((each) => each.form === 'lift');
}

/** The core functions that options name: the allocator, and what is called when the result was read. */
function functionsOf(options: readonly CanonicalOption[]): number[] {
  return options.flatMap(({ id, index }) => (id > option.memory && index !== undefined ? [index] : []));
}

function interfaceOf(host: string): string {
  return host.split('#', 1)[0] ?? '';
}

function nameOf(source: Source): string {
  return 'host' in source ? source.host : source.name;
}

function exportName(coreFunction: number): string {
  return `function ${coreFunction}`;
}

function instantiate(module: number, given: readonly (readonly [name: string, instance: number])[]): Section {
  const entries = given.map(([name, instance]) => concat(text(name), [0x12], number(instance)));
  return { id: component.coreInstance, body: vector([concat([0], number(module), vector(entries))]) };
}

function bag(items: readonly BagItem[]): Section {
  const entries = items.map(([name, of, index]) => concat(text(name), [of], number(index)));
  return { id: component.coreInstance, body: vector([concat([1], vector(entries))]) };
}

function coreAlias(of: number, instance: number, name: string): Section {
  return { id: component.alias, body: vector([concat([sort.core, of, 1], number(instance), text(name))]) };
}

function canonical(...parts: readonly Bytes[]): Section {
  return { id: component.canonical, body: vector([concat(...parts)]) };
}
