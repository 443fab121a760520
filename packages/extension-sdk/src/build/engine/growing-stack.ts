import { bodyOf, code } from '../wasm/code.ts';
import { WasmReader } from '../wasm/reader.ts';
import { concat, type Bytes } from '../wasm/writer.ts';
import { largeStackPages, pageLength, stackLength, stackReserve } from './memory-layout.ts';

/** Globals of a module whose stack grows, by their index. */
export interface StackGlobals {
  /** Where the stack ends. It grows down. */
  readonly pointer: number;
  /** Below it `moreStack` is called. */
  readonly limit: number;
  /** Where the large stack begins; 0 before there is one. */
  readonly large: number;
}

/** A function that calls `more` before anything else when there is little left of the stack. */
export function withStackCheck(body: Uint8Array, { pointer, limit }: StackGlobals, more: number): Uint8Array {
  const reader = new WasmReader(body);
  const locals = reader.span(() =>
    reader.vector(() => {
      reader.number();
      reader.byte();
    }),
  );
  return concat(
    locals,
    code.getGlobal(pointer),
    code.getGlobal(limit),
    code.isLess,
    code.whenTrue(code.call(more)),
    body.subarray(reader.at),
  );
}

/**
 * The body of the function that gives more stack: it points to the large one, or traps when that is used up too.
 *
 * A function finds its frame by a local, and sets the pointer from that when it returns. So nothing needs to be undone: as soon as one
 * of the first stack returns, the pointer is there again, and the limit is set right when it is met.
 */
export function moreStack({ pointer, limit, large }: StackGlobals): Uint8Array {
  const set = (global: number, ...value: Bytes[]): Bytes => concat(...value, code.setGlobal(global));
  return bodyOf(
    code.getGlobal(pointer),
    code.i32(stackLength),
    code.isMore,
    code.whenTrue(code.unreachable),

    code.getGlobal(pointer),
    code.i32(stackReserve),
    code.isNotLess,
    code.whenTrue(set(limit, code.i32(stackReserve)), code.return),

    code.getGlobal(large),
    code.isZero,
    code.whenTrue(
      set(large, code.i32(largeStackPages), code.growMemory, code.i32(pageLength), code.multiply),
      // Not grown is -1 page.
      code.getGlobal(large),
      code.i32(-pageLength),
      code.isEqual,
      code.whenTrue(code.unreachable),
    ),
    set(pointer, code.getGlobal(large), code.i32(largeStackPages * pageLength), code.add),
    set(limit, code.getGlobal(large), code.i32(stackReserve), code.add),
  );
}
