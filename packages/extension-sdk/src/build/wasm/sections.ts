import { headerLength, WasmReader } from './reader.ts';
import { concat, number, type Bytes } from './writer.ts';

/** A section of a module or component: its number in the binary format, and what is in it. */
export interface Section {
  readonly id: number;
  readonly body: Uint8Array;
}

/** Numbers of a component's sections. */
export const component = {
  custom: 0,
  module: 1,
  coreInstance: 2,
  nested: 4,
  instance: 5,
  alias: 6,
  type: 7,
  canonical: 8,
  import: 10,
  export: 11,
} as const;

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
