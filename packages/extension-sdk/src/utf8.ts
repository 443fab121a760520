/** The UTF-8 bytes of `value`; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(value: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of value) {
    const point = character.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) {
      bytes.push(code);
    } else if (code < 0x800) {
      bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    } else {
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 0x3f),
        0x80 | ((code >> 6) & 0x3f),
        0x80 | (code & 0x3f),
      );
    }
  }
  return Uint8Array.from(bytes);
}

/**
 * The text that `bytes` encode, a byte order mark included.
 * @throws RangeError when they are not UTF-8 (overlong forms, surrogates and cut sequences included).
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    const length = sequenceLength(first);
    let code = length === 1 ? first : first & (0x7f >> length);
    for (let i = 1; i < length; i++) {
      const next = bytes[at + i];
      if (next === undefined || (next & 0xc0) !== 0x80) throw notUtf8(at);
      code = (code << 6) | (next & 0x3f);
    }
    const surrogate = code >= 0xd800 && code <= 0xdfff;
    if (code < leastCode(length) || code > 0x10ffff || surrogate) throw notUtf8(at);
    parts.push(String.fromCodePoint(code));
    at += length;
  }
  return parts.join('');

  function sequenceLength(first: number): number {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    if (first >= 0xf0 && first < 0xf5) return 4;
    throw notUtf8(at);
  }
}

function leastCode(length: number): number {
  return length === 1 ? 0 : length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
}

function notUtf8(at: number): RangeError {
  return new RangeError(`The bytes are not UTF-8 at offset ${at}.`);
}
