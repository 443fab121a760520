import { aliasesOf, readAliases, readInstances, type CoreInstance } from './component-wiring.ts';
import { kind, readElements, readExports, readGlobals, readImports, type CoreImport } from './core-module.ts';
import { bodyOf, component, core, readSections, writeSections, type Section } from './wasm-sections.ts';
import { concat, constant, number, text, vector } from './wasm-writer.ts';

const table = '__indirect_function_table';

/**
 * Gives the JavaScript runtime in a component its table of functions, which the linker put into another module.
 *
 * A host fills an imported table when it makes an instance, function by function: some 700 of them, for every request.
 * The table of a module's own, at places that are known, it need not fill at all until a function is called.
 * @throws RangeError when the component is not laid out as componentize-qjs does it.
 */
export function giveRuntimeItsTable(bytes: Uint8Array): Uint8Array {
  let changed = 0;
  const sections = readSections(bytes).map((section) => {
    if (section.id !== component.nested) return section;
    const inner = readSections(section.body);
    const layout = findLayout(inner);
    if (layout === undefined) return section;
    changed++;
    return { id: section.id, body: writeSections(section.body, moveTable(inner, layout)) };
  });
  if (changed !== 1) throw new RangeError('The component has no JavaScript runtime where it is expected.');
  return writeSections(bytes, sections);
}

/** Indices of the modules and instances that share the table. */
interface Layout {
  readonly modules: readonly Section[][];
  readonly instances: readonly CoreInstance[];
  /** Defines the table. */
  readonly main: number;
  /** Fills it, and calls through it. */
  readonly runtime: number;
  /** Puts into it what `main` itself calls. */
  readonly fixup: number;
}

function findLayout(sections: readonly Section[]): Layout | undefined {
  const modules = sections.filter(({ id }) => id === component.module).map(({ body }) => readSections(body));
  const imports = modules.map(readImports);
  const main = modules.findIndex((module) => readExports(module).some((each) => each.name === table));
  const runtime = modules.findIndex(
    (module, index) =>
      (imports[index] ?? []).some(isTable) &&
      readElements(module).some(({ functions }) => functions.length > 100),
  );
  const fixup = imports.findIndex((all) => all.some((each) => each.module === 'main' && each.name === table));
  if (main < 0 || runtime < 0 || fixup < 0) return undefined;
  const instances = sections.filter(({ id }) => id === component.instance).flatMap(readInstances);
  return { modules, instances, main, runtime, fixup };
}

function moveTable(sections: readonly Section[], layout: Layout): Section[] {
  const main = instanceOf(layout, layout.main);
  const runtime = instanceOf(layout, layout.runtime);
  const environment = layout.instances[runtime]?.with.get('env');
  expect(aliasesOf(kind.table, sections).length === 1, 'one table is shared');
  const rewritten = rewriteRuntime(sections, layout);

  let module = 0;
  let instance = 0;
  return sections.flatMap((section): Section[] => {
    if (section.id === component.module)
      return [module++ === layout.runtime ? { id: section.id, body: rewritten } : section];
    if (section.id === component.alias) {
      const left = readAliases(section).filter(
        (each) => each.export?.kind !== kind.table || each.export.instance !== main,
      );
      return left.length === 0 ? [] : [{ id: section.id, body: vector(left.map((each) => each.bytes)) }];
    }
    if (section.id !== component.instance) return [section];
    const first = instance;
    const made = readInstances(section);
    instance += made.length;
    if (environment !== undefined && first <= environment && environment < instance) {
      expect(made.length === 1, 'the environment of the runtime stands alone');
      const exports = made.flatMap((each) => each.exports).filter(({ name }) => name !== table);
      return [{ id: section.id, body: vector([concat([1], vector(exports.map((each) => each.bytes)))]) }];
    }
    if (runtime < first || runtime >= instance) return [section];
    expect(runtime === instance - 1, 'nothing is made in one go after the runtime');
    return [
      section,
      { id: component.alias, body: vector([concat([0, kind.table, 1], number(runtime), text(table))]) },
    ];
  });
}

function rewriteRuntime(sections: readonly Section[], layout: Layout): Uint8Array {
  const original = sections.filter(({ id }) => id === component.module)[layout.runtime];
  const runtime = layout.modules[layout.runtime] ?? [];
  const main = layout.modules[layout.main] ?? [];
  const tables = bodyOf(main, core.table);
  const [segment, ...others] = readElements(runtime);
  expect(original !== undefined && tables !== undefined, 'the main module defines the table');
  expect(segment !== undefined && others.length === 0, 'the runtime fills the table in one go');
  const extra = whatMainCalls(layout);

  const bodies = new Map<number, Uint8Array>([
    [
      core.import,
      vector(
        readImports(runtime)
          .filter((each) => !isTable(each))
          .map((each) => each.bytes),
      ),
    ],
    [
      core.export,
      vector([...readExports(runtime).map((each) => each.bytes), concat(text(table), [kind.table, 0])]),
    ],
    [
      core.element,
      vector([
        concat([0], constant(tableBase(sections, layout)), vector(segment.functions.map(number))),
        concat([0], constant(extra.at), vector([number(extra.function)])),
      ]),
    ],
  ]);
  const changed = runtime.map(({ id, body }) => ({ id, body: bodies.get(id) ?? body }));
  const place = changed.findIndex(({ id }) => id > core.table);
  return writeSections(original.body, [
    ...changed.slice(0, place),
    { id: core.table, body: tables },
    ...changed.slice(place),
  ]);
}

/** Where the functions of the runtime start in the table: a global of the main module, which the runtime is given. */
function tableBase(sections: readonly Section[], layout: Layout): number {
  const environment = layout.instances[instanceOf(layout, layout.runtime)]?.with.get('env') ?? -1;
  const given = layout.instances[environment]?.exports.find(({ name }) => name === '__table_base');
  const alias = aliasesOf(kind.global, sections)[given?.index ?? -1];
  const main = layout.modules[layout.main] ?? [];
  const exported = readExports(main).find((each) => each.kind === kind.global && each.name === alias?.name);
  const base = readGlobals(main)[exported?.index ?? -1];
  expect(
    alias?.instance === instanceOf(layout, layout.main) && base !== undefined,
    'the main module says where',
  );
  return base;
}

/** The function of the runtime that is put into the table apart from the others, and its place. */
function whatMainCalls(layout: Layout): { at: number; function: number } {
  const fixup = layout.modules[layout.fixup] ?? [];
  const filled = readElements(fixup).filter((each) => each.table === 0 && each.functions.length > 0);
  const [only] = filled;
  expect(
    filled.length === 1 && only?.functions.length === 1 && 'constant' in only.offset,
    'the main module calls one',
  );
  const functions = readImports(fixup).filter((each) => each.kind === kind.function);
  const imported = functions[only.functions[0] ?? -1];
  const given = layout.instances[instanceOf(layout, layout.fixup)]?.with.get(imported?.module ?? '');
  const exported = readExports(layout.modules[layout.runtime] ?? []).find(
    (each) => each.kind === kind.function && each.name === imported?.name,
  );
  expect(given === instanceOf(layout, layout.runtime) && exported !== undefined, 'the runtime has it');
  return { at: only.offset.constant, function: exported.index };
}

function instanceOf(layout: Layout, module: number): number {
  const index = layout.instances.findIndex((each) => each.module === module);
  expect(index >= 0, 'each module is instantiated');
  return index;
}

function isTable(each: CoreImport): boolean {
  return each.kind === kind.table && each.name === table;
}

function expect(condition: boolean, what: string): asserts condition {
  if (!condition)
    throw new RangeError(`The component is laid out in another way than expected: ${what}, elsewhere.`);
}
