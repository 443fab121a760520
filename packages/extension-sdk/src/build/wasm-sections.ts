import { headerLength, WasmReader } from './wasm-reader.ts';
import { concat, number, type Bytes } from './wasm-writer.ts';

/** A section of a module or component: its number in the binary format, and what is in it. */
export interface Section {
  readonly id: number;
  readonly body: Uint8Array;
}

/** Numbers of a core module's sections. */
export const core = { custom: 0, import: 2, table: 4, memory: 5, global: 6, export: 7, element: 9 } as const;

/** Numbers of a component's sections. */
export const component = { module: 1, instance: 2, nested: 4, alias: 6 } as const;

export function readSections(bytes: Uint8Array): Section[] {
  const reader = new WasmReader(bytes);
  reader.at = headerLength;
  const sections: Section[] = [];
  while (!reader.done) {
    const id = reader.byte();
    sections.push({ id, body: reader.take(reader.number()) });
  }
  return sections;
}

/** A module or component with the header of `original` and these sections. */
export function writeSections(original: Uint8Array, sections: readonly Section[]): Uint8Array {
  const parts = sections.flatMap<Bytes>(({ id, body }) => [[id], number(body.length), body]);
  return concat(original.subarray(0, headerLength), ...parts);
}

/** What is in the one section `id`; nothing where there is none. */
export function bodyOf(sections: readonly Section[], id: number): Uint8Array | undefined {
  return sections.find((section) => section.id === id)?.body;
}
