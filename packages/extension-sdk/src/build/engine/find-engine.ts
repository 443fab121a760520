import { core } from '../wasm/core-module.ts';
import { moduleHeader } from '../wasm/module-header.ts';
import { headerLength, WasmReader } from '../wasm/reader.ts';
import { text } from '../wasm/writer.ts';

/** Name of a library's first section. */
const first = 'dylink.0';
/** Name of its last one. */
const last = 'target_features';
/** The module that functions of the component model's async come from. */
const asyncModule = '$root';

/**
 * The script engine in the native part of componentize-qjs, which has it in four variants: for speed or for size, and with the component
 * model's async or without.
 * @param binary The native part: a shared library of any platform.
 * @returns The one for speed without async; undefined when there is none, as it stands in the file.
 */
export function findEngine(binary: Uint8Array): Uint8Array | undefined {
  const engines = [...librariesIn(binary)].filter(isSynchronous);
  return engines.sort((one, other) => other.length - one.length)[0];
}

function* librariesIn(binary: Uint8Array): Generator<Uint8Array> {
  const bytes = Buffer.from(binary.buffer, binary.byteOffset, binary.byteLength);
  for (let at = bytes.indexOf(moduleHeader); at >= 0; at = bytes.indexOf(moduleHeader, at + headerLength)) {
    const length = libraryLength(bytes.subarray(at));
    if (length !== undefined) yield bytes.subarray(at, at + length);
  }
}

/** The length of the library that bytes begin with, if they do. */
function libraryLength(bytes: Uint8Array): number | undefined {
  const reader = new WasmReader(bytes);
  reader.at = headerLength;
  try {
    for (let isFirst = true; ; isFirst = false) {
      const id = reader.byte();
      const body = new WasmReader(reader.take(reader.number()));
      const name = id === core.custom ? body.text() : undefined;
      if (isFirst && name !== first) return undefined;
      if (name === last) return reader.at;
    }
  } catch {
    // Bytes that look like a module's first ones and are none.
    return undefined;
  }
}

function isSynchronous(library: Uint8Array): boolean {
  return !Buffer.from(library).includes(Buffer.from(text(asyncModule)));
}
