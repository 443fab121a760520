// Small enough for the arguments of one call, and a multiple of 3, so that the parts can be joined.
const STEP = 0x6000;

/** Bytes as base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let encoded = '';
  for (let start = 0; start < bytes.length; start += STEP) {
    encoded += btoa(String.fromCharCode(...bytes.subarray(start, start + STEP)));
  }
  return encoded;
}

/** Bytes of base64; undefined when it is not base64. */
export function fromBase64(encoded: string): Uint8Array<ArrayBuffer> | undefined {
  let binary: string;
  try {
    binary = atob(encoded);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
