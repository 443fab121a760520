import { describe, expect, it } from 'vitest';
import { readWit } from '../tools/wit.mjs';

describe('the reader of extension.wit', () => {
  it('gives functions and types with their comments', () => {
    const wit = readWit(`package a:b@1.0.0;

/// Keeps things.
interface store {
  /// A thing.
  record thing {
    /// Its name.
    name: string,
  }

  /// Gets one.
  get: func(name: string) -> option<thing>;
}

world w {
  import store;
}
`);
    expect(wit).toEqual({
      package: 'a:b@1.0.0',
      interfaces: [
        {
          name: 'store',
          docs: 'Keeps things.',
          types: ['/// A thing.\nrecord thing {\n  /// Its name.\n  name: string,\n}'],
          functions: [{ name: 'get', docs: 'Gets one.', signature: 'func(name: string) -> option<thing>' }],
        },
      ],
      imports: ['store'],
      exports: [],
    });
  });

  it('refuses what it does not know, rather than leave it out of the reference', () => {
    expect(() => readWit('interface a {\n  resource r;\n}\n')).toThrow("extension.wit:2: 'resource r;'");
  });
});
