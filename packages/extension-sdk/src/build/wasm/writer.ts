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

/** A signed LEB128 number of at most 33 bits. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    const group = ((left % 128) + 128) % 128;
    if (left >= -64 && left < 64) return [...bytes, group];
    bytes.push(group | 0x80);
  }
}

export function text(value: string): Uint8Array {
  const bytes = Buffer.from(value, 'utf8');
  return concat(number(bytes.length), bytes);
}

export function vector(items: readonly Bytes[]): Uint8Array {
  return concat(number(items.length), ...items);
}
