import { rehearsalMethod } from '../../runtime/rehearsal-method.ts';
import { writeConstant } from '../wasm/constant.ts';
import { core, importsOf, kind, readCoreModule, writeData, type CoreModule } from '../wasm/core-module.ts';
import { instantiateAlone } from '../wasm/instance.ts';
import { readSections, writeSections } from '../wasm/sections.ts';
import { concat, number, text, vector } from '../wasm/writer.ts';
import { Allocator } from './allocator.ts';
import { cutData } from './cut-data.ts';

/** Names of exports of a module. */
export interface HandlerExports {
  /** What answers a request. */
  readonly handle: string;
  /** What is called when the answer was read. */
  readonly tidy: string;
  /** `cabi_realloc`. */
  readonly allocator: string;
}

/**
 * A module as it is after a request that the runtime takes for a rehearsal and answers itself, without the extension's handlers. The engine makes
 * much when it is first needed: names of fields, builtin functions, kinds of objects. Every sandbox begins with what is there now.
 * Its stack is as the request left it.
 * @returns The module as it was when it cannot do that without a host, or needs more memory for it than it has.
 */
export function rehearse(bytes: Uint8Array, names: HandlerExports): Uint8Array {
  const module = readCoreModule(bytes);
  const variables = variablesOf(module);
  if (variables === undefined) return bytes;
  const exports = instantiateAlone(withExports(bytes, module, variables));
  const memory = new Allocator(exports, names.allocator);
  const length = memory.memoryLength;
  try {
    const handle = exports[names.handle] as (...request: number[]) => number;
    const tidy = exports[names.tidy] as (answer: number) => void;
    tidy(handle(...lowerRequest(memory)));
  } catch {
    // A call of the host, a memory that is full, or whatever the extension has put in place of a builtin: without a rehearsal it works as well.
    return bytes;
  }
  if (memory.memoryLength !== length) return bytes;
  const image = Uint8Array.from(memory.bytes(0, length));
  return withState(bytes, module, image, (global) =>
    variables.includes(global)
      ? (exports[exportName(global)] as { readonly value: number }).value
      : undefined,
  );
}

/** The parameters of `handle` in the canonical ABI: a string and a list are an address and a length, a variant the number of its case before that. */
function lowerRequest(memory: Allocator): number[] {
  const string = (value: string): number[] => {
    const encoded = Buffer.from(value, 'utf8');
    const address = memory.take(encoded.length, 1);
    memory.bytes(address, encoded.length).set(encoded);
    return [address, encoded.length];
  };
  const pairs = (...entries: readonly (readonly [name: string, value: string])[]): number[] => {
    const words = entries.flatMap(([name, value]) => [...string(name), ...string(value)]);
    const address = memory.take(words.length * 4, 4);
    const view = memory.view(address, words.length * 4);
    for (const [index, word] of words.entries()) view.setUint32(index * 4, word, true);
    return [address, entries.length];
  };
  const textBody = 1;
  return [
    ...string(rehearsalMethod),
    ...string('/name'),
    ...string('/:name'),
    ...pairs(['name', 'name']),
    ...pairs(['q', 'q']),
    ...pairs(['accept', 'application/json']),
    textBody,
    ...string('{}'),
  ];
}

/** Indices of the globals that change; undefined when one is not of 32 bits. */
function variablesOf(module: CoreModule): number[] | undefined {
  const first = importsOf(module, kind.global).length;
  const variables = [...module.globals.entries()].filter(([, { type }]) => type[1] === 1);
  const i32 = 0x7f;
  if (variables.some(([, { type }]) => type[0] !== i32)) return undefined;
  return variables.map(([index]) => first + index);
}

function exportName(global: number): string {
  return `global ${global}`;
}

function withExports(bytes: Uint8Array, module: CoreModule, globals: readonly number[]): Uint8Array {
  const entries = [
    ...module.exports.map((each) => concat(text(each.name), [each.kind], number(each.index))),
    ...globals.map((index) => concat(text(exportName(index)), [kind.global], number(index))),
  ];
  return replaceSections(bytes, new Map([[core.export, vector(entries)]]));
}

function withState(
  bytes: Uint8Array,
  module: CoreModule,
  image: Uint8Array,
  valueOf: (global: number) => number | undefined,
): Uint8Array {
  const data = cutData(module.data, image);
  const first = importsOf(module, kind.global).length;
  const globals = module.globals.map(({ type, value }, index) => {
    const now = valueOf(first + index);
    return concat(type, now === undefined ? value : writeConstant(now));
  });
  return replaceSections(
    bytes,
    new Map([
      [core.global, vector(globals)],
      [core.dataCount, Uint8Array.from(number(data.length))],
      [core.data, vector(data.map(writeData))],
    ]),
  );
}

function replaceSections(bytes: Uint8Array, bodies: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const sections = readSections(bytes).map(({ id, body }) => ({ id, body: bodies.get(id) ?? body }));
  return writeSections(bytes, sections);
}
