/** Writes the parts that WebAssembly's binary formats are made of. Each gives bytes, and bytes are joined by `concat`. */
export type Bytes = readonly number[] | Uint8Array;

export function concat(...parts: readonly Bytes[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (part instanceof Uint8Array ? part : Uint8Array.from(part))));
}

/** An unsigned LEB128 number. */
export function number(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) | 0x80);
  }
}

/** `i32.const value` and `end`, as the offset of a segment; `value` is not negative. */
export function constant(value: number): number[] {
  // Signed LEB128: a last group of which the highest bit is set would be negative.
  const bytes = number(value);
  const last = bytes.at(-1) ?? 0;
  const signed = last < 64 ? bytes : [...bytes.slice(0, -1), last | 0x80, 0];
  return [0x41, ...signed, 0x0b];
}

export function text(value: string): Uint8Array {
  const bytes = Buffer.from(value, 'utf8');
  return concat(number(bytes.length), bytes);
}

export function vector(items: readonly Bytes[]): Uint8Array {
  return concat(number(items.length), ...items);
}
