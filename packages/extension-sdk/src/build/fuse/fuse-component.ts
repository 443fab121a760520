import type { MemoryLayout } from '../engine/memory-layout.ts';
import { component, readSections, writeSections, type Section } from '../wasm/sections.ts';
import { text, vector } from '../wasm/writer.ts';
import { readAliases, readComponentExports, sort } from './component-items.ts';
import { fuseRuntime } from './fuse-runtime.ts';
import { leaveOut } from './leave-out.ts';

/** The interface that loads code while the component is made, and is of no use after that. */
const loading = 'local:init/module-loader';
/** The function that starts it. */
const start = 'init';
/** Tells the platform that others have the same code: all extensions that the same version of the tools made. */
const sharedCode: Section = { id: component.custom, body: text('alga:shared-code') };

/** The interfaces that a component may import. */
export interface HostInterfaces {
  /** All others are left out, from its code as well. */
  readonly allowed: ReadonlySet<string>;
  /** Those of them that a component does not import. Its code has a place for their functions all the same, so that it is that of the others. */
  readonly unused: ReadonlySet<string>;
}

/**
 * A component of componentize-qjs with its core modules made one, and only with the imports that it needs.
 *
 * A host makes and links a sandbox for each request: one instance instead of six, a handful of functions between it and
 * the host instead of two hundred, and less than half the imports. What is left out cannot be asked for; code that calls it traps.
 *
 * Indices are kept: what goes leaves an empty instance, a plain type or another function in its place, which cost nothing.
 * @param layout That of the memory, when the engine was placed for one.
 * @throws NoRoomError when the memory has to be larger than that.
 * @throws RangeError when the component is not laid out as componentize-qjs does it.
 */
export function fuseComponent(bytes: Uint8Array, host: HostInterfaces, layout?: MemoryLayout): Uint8Array {
  const mayCall = (name: string): boolean => name !== loading && host.allowed.has(name);
  const imports = (name: string): boolean => mayCall(name) && !host.unused.has(name);
  const sections = readSections(bytes);
  const parts = sections.filter(({ id }) => id === component.nested);
  const [runtime, loader] = parts;
  if (runtime === undefined || loader === undefined || parts.length > 2)
    throw new RangeError('The component is laid out in another way than expected: it has two parts.');
  const left = leaveOut(sections, imports, (index) => index === 0);
  const fused = left.flatMap((section): Section[] => {
    if (section === loader) return [];
    if (section === runtime)
      return [{ id: section.id, body: fuseRuntime(section.body, { mayCall, imports }, start, layout) }];
    return [withoutStart(section)];
  });
  return writeSections(bytes, [...fused, sharedCode]);
}

function withoutStart(section: Section): Section {
  if (section.id === component.export)
    return keepEntries(section, readComponentExports(section), ({ name }) => name !== start);
  if (section.id === component.alias)
    return keepEntries(
      section,
      readAliases(section),
      (each) => each.sort !== sort.function || each.name !== start,
    );
  return section;
}

function keepEntries<T extends { readonly bytes: Uint8Array }>(
  section: Section,
  entries: readonly T[],
  isKept: (entry: T) => boolean,
): Section {
  return { id: section.id, body: vector(entries.filter(isKept).map((entry) => entry.bytes)) };
}
