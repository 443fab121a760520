/** How the binary form of a core module begins: the magic number, and version 1. */
export const moduleHeader = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
