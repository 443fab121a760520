import { code, bodyOf } from '../wasm/code.ts';
import { firstGlobal, fold, writeConstant } from '../wasm/constant.ts';
import { core, importsOf, kind, readCoreModule, writeData, type CoreModule } from '../wasm/core-module.ts';
import { renumber } from '../wasm/instructions.ts';
import { WasmReader } from '../wasm/reader.ts';
import { readSections, writeSections, type Section } from '../wasm/sections.ts';
import { concat, number, text, vector } from '../wasm/writer.ts';
import {
  moreStack,
  placeBlock,
  withPlacedBlocks,
  withStackCheck,
  type StackGlobals,
} from './growing-stack.ts';
import {
  largeStackPages,
  linkerStart,
  pageLength,
  pagesWhileMade,
  stackLength,
  stackReserve,
  type MemoryLayout,
} from './memory-layout.ts';

const constant = Uint8Array.of(0x7f, 0);
const variable = Uint8Array.of(0x7f, 1);
/** The type of a function from a number of 32 bits to one. */
const addressToAddress = Uint8Array.of(0x60, 1, 0x7f, 1, 0x7f);

/** The section of a library's needs, https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md. */
const needs = { name: 'dylink.0', memory: 1 } as const;

/**
 * The script engine with another layout of the memory than the linker gives to libraries, whose stack of 1 MiB comes first and is all
 * but unused.
 *
 * The engine's data lies behind a small stack, at an address of its own and not at the linker's. What the linker puts behind it lies there
 * as well: it adds up lengths in 32 bits, so the length that the engine asks for takes the place back that the linker's stack has. The heap
 * ends with the memory that a sandbox starts with. And functions check how much there is left of the stack.
 *
 * While the component is made, all this has a stack above the heap, which is left out later.
 * @param engine A library, as wasm-ld makes it of position-independent code.
 * @throws RangeError when it is of another kind than expected.
 */
export function placeEngine(engine: Uint8Array, layout: MemoryLayout): Uint8Array {
  const sections = readSections(engine);
  const module = readCoreModule(
    writeSections(
      engine,
      sections.filter(({ id }) => id !== core.start),
    ),
  );
  const imported = importsOf(module, kind.global);
  const indexOf = (name: string): number => {
    const index = imported.findIndex((each) => each.name === name);
    if (index < 0) throw new RangeError(`The engine does not import ${name}.`);
    return index;
  };
  const memoryBase = indexOf('__memory_base');
  const heapEnd = indexOf('__heap_end');
  const ownBase = imported.length + module.globals.length;
  const ownEnd = ownBase + 1;
  const stack: StackGlobals = { pointer: indexOf('__stack_pointer'), limit: ownBase + 2, large: ownBase + 3 };
  const start = startOf(sections);
  const firstFunction = importsOf(module, kind.function).length;
  const newStart = firstFunction + module.functions.length;
  const more = newStart + 1;
  const place = more + 1;

  const base = writeConstant(stackLength);
  const placed = (expression: Uint8Array): Uint8Array =>
    firstGlobal(expression) === memoryBase
      ? fold(
          expression,
          imported.map(() => base),
        )
      : expression;
  const bodies = module.bodies.map((body) => {
    const used = new Set<number>();
    const renumbered = renumber(body, {
      type: (index) => index,
      function: (index) => index,
      table: (index) => index,
      data: (index) => index,
      global: (index) => {
        used.add(index);
        if (index === memoryBase) return ownBase;
        return index === heapEnd ? ownEnd : index;
      },
    });
    return used.has(stack.pointer)
      ? withStackCheck(withPlacedBlocks(renumbered, stack, place), stack, more)
      : renumbered;
  });
  const stackTop = pagesWhileMade(layout) * pageLength;
  const prepare = bodyOf(
    code.i32(pagesWhileMade(layout)),
    code.memorySize,
    code.subtract,
    code.growMemory,
    code.drop,
    code.i32(stackTop),
    code.setGlobal(stack.pointer),
    code.call(start),
  );
  const globals = [
    ...module.globals.map(({ type, value }) => concat(type, placed(value))),
    concat(constant, base),
    concat(constant, writeConstant(layout.pages * pageLength)),
    concat(variable, writeConstant(stackTop - largeStackPages * pageLength + stackReserve)),
    concat(variable, writeConstant(0)),
  ];
  const thunk = typeOf(module, start - firstFunction);

  return writeSections(
    engine,
    sections.map((section): Section => {
      const replace = (body: Uint8Array): Section => ({ id: section.id, body });
      switch (section.id) {
        case core.custom:
          return replace(withOtherLength(section.body));
        case core.type:
          return replace(vector([...module.types, addressToAddress]));
        case core.function:
          return replace(vector([...module.functions, thunk, thunk, module.types.length].map(number)));
        case core.global:
          return replace(vector(globals));
        case core.start:
          return replace(Uint8Array.from(number(newStart)));
        case core.code:
          return replace(
            vector(
              [...bodies, prepare, moreStack(stack), placeBlock(stack)].map((body) =>
                concat(number(body.length), body),
              ),
            ),
          );
        case core.data:
          return replace(
            vector(
              module.data.map(({ offset, bytes }) => writeData({ offset: offset && placed(offset), bytes })),
            ),
          );
        default:
          return section;
      }
    }),
  );
}

function startOf(sections: readonly Section[]): number {
  const start = sections.find(({ id }) => id === core.start);
  if (start === undefined) throw new RangeError('The engine has no start function.');
  return new WasmReader(start.body).number();
}

function typeOf(module: CoreModule, own: number): number {
  const type = module.functions[own];
  if (type === undefined) throw new RangeError('The engine starts with a function that is not its own.');
  return type;
}

/** A custom section; that of the library's needs with a length of memory which ends where its data does. */
function withOtherLength(body: Uint8Array): Uint8Array {
  const reader = new WasmReader(body);
  if (reader.text() !== needs.name) return body;
  const parts = [text(needs.name)];
  while (!reader.done) {
    const id = reader.byte();
    const part = new WasmReader(reader.take(reader.number()));
    let content = part.bytes;
    if (id === needs.memory) {
      const length = part.number();
      content = concat(number((stackLength + length - linkerStart) >>> 0), part.bytes.subarray(part.at));
    }
    parts.push(concat([id], number(content.length), content));
  }
  return concat(...parts);
}
