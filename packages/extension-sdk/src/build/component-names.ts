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
  const reader = new Reader(component);
  if (reader.header() !== '0061736d0d000100')
    throw new RangeError('The file is not a WebAssembly component.');
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

function readImport(reader: Reader): string {
  const name = readName(reader);
  skipDescription(reader);
  return name;
}

function readExport(reader: Reader): string {
  const name = readName(reader);
  if (reader.byte() === 0) reader.byte();
  reader.number();
  if (reader.byte() === 1) skipDescription(reader);
  return name;
}

function readName(reader: Reader): string {
  const form = reader.byte();
  const name = reader.text();
  if (form === 2) reader.text();
  return name;
}

function skipDescription(reader: Reader): void {
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

class Reader {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }

  header(): string {
    this.at = 8;
    return Buffer.from(this.#bytes.subarray(0, 8)).toString('hex');
  }

  byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new RangeError('The component ends too early.');
    return byte;
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  number(): number {
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return result;
    }
    throw new RangeError('The component has a number that is too long.');
  }

  text(): string {
    const length = this.number();
    const bytes = this.#bytes.subarray(this.at, this.at + length);
    if (bytes.length < length) throw new RangeError('The component ends too early.');
    this.at += length;
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  }
}
