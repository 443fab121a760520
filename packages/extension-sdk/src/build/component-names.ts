import { WasmReader } from './wasm/reader.ts';

/** What a component asks of its host and offers to it. */
export interface ComponentNames {
  readonly imports: readonly string[];
  readonly exports: readonly string[];
}

const importSection = 10;
const exportSection = 11;

/**
 * Reads the names in a component's outermost import and export sections.
 * @throws RangeError when the bytes are not a component or end too early.
 */
export function readComponentNames(component: Uint8Array): ComponentNames {
  const reader = new WasmReader(component);
  reader.componentHeader();
  const imports: string[] = [];
  const exports: string[] = [];
  while (!reader.done) {
    const section = reader.byte();
    const end = reader.number() + reader.at;
    if (section === importSection) {
      for (let left = reader.number(); left > 0; left--) imports.push(readImport(reader));
    } else if (section === exportSection) {
      for (let left = reader.number(); left > 0; left--) exports.push(readExport(reader));
    }
    reader.at = end;
  }
  return { imports, exports };
}

function readImport(reader: WasmReader): string {
  const name = readName(reader);
  skipDescription(reader);
  return name;
}

function readExport(reader: WasmReader): string {
  const name = readName(reader);
  if (reader.byte() === 0) reader.byte();
  reader.number();
  if (reader.byte() === 1) skipDescription(reader);
  return name;
}

function readName(reader: WasmReader): string {
  const form = reader.byte();
  const name = reader.text();
  if (form === 2) reader.text();
  return name;
}

function skipDescription(reader: WasmReader): void {
  const kind = reader.byte();
  if (kind === 0) {
    reader.byte();
    reader.number();
  } else if (kind === 3) {
    if (reader.byte() === 0) reader.number();
  } else if (kind === 2) {
    reader.byte();
    reader.number();
  } else {
    reader.number();
  }
}
