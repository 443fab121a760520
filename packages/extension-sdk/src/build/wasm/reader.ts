/** Length of the header of a module or component, in bytes. */
export const headerLength = 8;

/** Reads the parts that WebAssembly's binary formats are made of, from `at` on. */
export class WasmReader {
  at = 0;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  /** @throws RangeError when the bytes are not a component. */
  componentHeader(): void {
    const header = this.take(Math.min(headerLength, this.bytes.length));
    if (Buffer.from(header).toString('hex') !== '0061736d0d000100')
      throw new RangeError('The file is not a WebAssembly component.');
  }

  byte(): number {
    const byte = this.bytes[this.at++];
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

  /** A signed LEB128 number of at most 33 bits. */
  signed(): number {
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return byte < 0x40 ? result : result - 2 ** (shift + 7);
    }
    throw new RangeError('The component has a number that is too long.');
  }

  /** A LEB128 number of any length. */
  skipNumber(): void {
    while (this.byte() >= 0x80);
  }

  text(): string {
    return new TextDecoder('utf-8', { fatal: true }).decode(this.take(this.number()));
  }

  /** The next `length` bytes, not copied. */
  take(length: number): Uint8Array {
    const bytes = this.bytes.subarray(this.at, this.at + length);
    if (bytes.length < length) throw new RangeError('The component ends too early.');
    this.at += length;
    return bytes;
  }

  /** The bytes that `read` goes over, not copied. */
  span(read: (reader: this) => void): Uint8Array {
    const start = this.at;
    read(this);
    return this.bytes.subarray(start, this.at);
  }

  /** As many times as the number that comes next says. */
  vector<T>(read: (reader: this) => T): T[] {
    return Array.from({ length: this.number() }, () => read(this));
  }
}
