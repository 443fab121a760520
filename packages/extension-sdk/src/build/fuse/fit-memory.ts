import {
  leastRoom,
  pageLength,
  pagesWhileMade,
  stackLength,
  type MemoryLayout,
} from '../engine/memory-layout.ts';
import { constantOf, writeConstant } from '../wasm/constant.ts';
import { importsOf, kind, readCoreModule, type CoreModule } from '../wasm/core-module.ts';
import { WasmReader } from '../wasm/reader.ts';
import { concat, number } from '../wasm/writer.ts';

/** A component does not fit into the memory that it was made for. */
export class NoRoomError extends Error {
  /** What would be enough, as far as one can tell. */
  readonly pages: number;

  constructor(pages: number) {
    super(`The component needs a memory of ${pages} pages.`);
    this.pages = pages;
  }
}

/** Where an allocator keeps its last note, before the end of the memory, in bytes. That of dlmalloc takes 40. */
const lastNote = 64;

/**
 * The module that has the memory, with the stack that a sandbox starts with: while it was made, the pointer was in another one.
 * @throws RangeError when the module has no such pointer.
 */
export function withSmallStack(module: CoreModule): CoreModule {
  const pointer = module.exports.find((each) => each.kind === kind.global && each.name === '__stack_pointer');
  const own = (pointer?.index ?? -1) - importsOf(module, kind.global).length;
  if (module.globals[own] === undefined) throw new RangeError('The component has no pointer to its stack.');
  return {
    ...module,
    globals: module.globals.map((global, index) =>
      index === own ? { ...global, value: writeConstant(stackLength) } : global,
    ),
  };
}

/**
 * A memory without what was above the heap while it was made.
 * @param limits As in the binary.
 * @throws NoRoomError when the heap grew beyond its end.
 */
export function cutMemory(limits: Uint8Array, layout: MemoryLayout): Uint8Array {
  const reader = new WasmReader(limits);
  reader.byte();
  const grown = reader.number() - pagesWhileMade(layout);
  if (grown > 0) throw new NoRoomError(layout.pages + grown);
  return concat([0], number(layout.pages));
}

/**
 * Looks what the heap has left at its end.
 * @param module With its memory as it starts.
 * @throws NoRoomError when that is less than it should be.
 */
export function checkRoom(module: Uint8Array, layout: MemoryLayout): void {
  const end = layout.pages * pageLength - lastNote;
  const used = readCoreModule(module).data.flatMap(({ offset, bytes }) => {
    const from = offset === undefined ? end : constantOf(offset) >>> 0;
    return from < end ? [Math.min(from + bytes.length, end)] : [];
  });
  const lacking = leastRoom - (end - Math.max(0, ...used));
  if (lacking > 0) throw new NoRoomError(layout.pages + Math.ceil(lacking / pageLength));
}
