import { expect, test } from 'vitest';
import { deadStackLength } from '../src/build/fuse/dead-stack.ts';
import { writeConstant } from '../src/build/wasm/constant.ts';
import { kind, type CoreModule } from '../src/build/wasm/core-module.ts';

function main(globals: Readonly<Record<string, number>>): CoreModule {
  const named = Object.entries(globals);
  return {
    types: [],
    imports: [],
    functions: [],
    tables: [],
    memories: [Uint8Array.of(0, 32)],
    globals: named.map(([, value]) => ({ type: Uint8Array.of(0x7f, 1), value: writeConstant(value) })),
    exports: named.map(([name], index) => ({ name, kind: kind.global, index })),
    elements: [],
    bodies: [],
    data: [],
  };
}

test('a stack ends where its pointer is when nothing runs', () => {
  const module = main({ __stack_pointer: 4096, 'a.wasm:memory_base': 4096, __heap_base: 9000 });
  expect(deadStackLength(module)).toBe(4096);
});

test.each([
  ['the pointer is not known', { 'a.wasm:memory_base': 4096, __heap_base: 9000 }],
  ['nothing says where the data is', { __stack_pointer: 4096 }],
  [
    'a library has its data below',
    { __stack_pointer: 4096, 'a.wasm:memory_base': 4096, 'b:memory_base': 16 },
  ],
  ['the heap is below', { __stack_pointer: 4096, 'a.wasm:memory_base': 4096, __heap_base: 4080 }],
])('no stack is known where %s', (_, globals) => {
  expect(deadStackLength(main(globals as Record<string, number>))).toBe(0);
});
