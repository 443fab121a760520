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

/** `i32.and`, `i32.sub`, `local.tee`: how clang ends the address of a block of the stack whose length is not known before. */
const blockAddress = Buffer.of(0x71, 0x6b, 0x22);

/**
 * A function that asks `place` where the blocks go that it takes of the stack, which may be longer than what is left.
 *
 * They are looked for by their bytes: where these are parts of other instructions, a change of the pointer still follows, and `place` gives
 * what it gets.
 */
export function withPlacedBlocks(body: Uint8Array, { pointer }: StackGlobals, place: number): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const change = Buffer.from(code.setGlobal(pointer));
  const parts: Bytes[] = [];
  let from = 0;
  for (let at = bytes.indexOf(blockAddress); at >= 0; at = bytes.indexOf(blockAddress, at + 1)) {
    const reader = new WasmReader(body);
    reader.at = at + blockAddress.length;
    const local = reader.number();
    if (!bytes.subarray(reader.at).subarray(0, change.length).equals(change)) continue;
    parts.push(body.subarray(from, reader.at), code.call(place), code.teeLocal(local));
    from = reader.at;
  }
  return concat(...parts, body.subarray(from));
}

/**
 * The body of the function that gives more stack: it points to the large one, or traps when that is used up too.
 *
 * A function finds its frame by a local, and sets the pointer from that when it returns. So nothing needs to be undone: as soon as one
 * of the first stack returns, the pointer is there again, and the limit is set right when it is met.
 */
export function moreStack(stack: StackGlobals): Uint8Array {
  const { pointer, limit } = stack;
  return bodyOf(
    code.getGlobal(pointer),
    code.i32(stackLength),
    code.isMore,
    code.whenTrue(code.unreachable),

    code.getGlobal(pointer),
    code.i32(stackReserve),
    code.isNotLess,
    code.whenTrue(code.i32(stackReserve), code.setGlobal(limit), code.return),

    openLargeStack(stack),
    endOfLargeStack(stack),
    code.setGlobal(pointer),
  );
}

/** What has to be left below a block, in bytes: functions without a check of their own have no larger frames. */
const leftBelow = stackReserve / 4;

/**
 * The body of the function that places a block of the stack: from the address that it would have to the one that it gets. It is the same
 * one where there is room, and one in the large stack where there is none in the first; it traps where neither has any.
 */
export function placeBlock(stack: StackGlobals): Uint8Array {
  const { pointer, limit } = stack;
  const address = 0;
  const length = concat(code.getGlobal(pointer), code.getLocal(address), code.subtract);
  return bodyOf(
    // Signed: the address is negative where the block is longer than the first stack.
    code.getLocal(address),
    code.i32(leftBelow),
    code.isNotLessSigned,
    code.whenTrue(
      code.getLocal(address),
      code.i32(stackLength),
      code.isNotMore,
      code.whenTrue(code.getLocal(address), code.return),

      code.getLocal(address),
      code.getGlobal(limit),
      code.i32(stackReserve - leftBelow),
      code.subtract,
      code.isLess,
      code.whenTrue(code.unreachable),
      code.getLocal(address),
      code.return,
    ),

    code.getGlobal(pointer),
    code.i32(stackLength),
    code.isMore,
    code.whenTrue(code.unreachable),
    length,
    code.i32((largeStackPages - 1) * pageLength),
    code.isMore,
    code.whenTrue(code.unreachable),

    openLargeStack(stack),
    endOfLargeStack(stack),
    length,
    code.subtract,
  );
}

/** Allocates the large stack, unless it is there, and limits the stack to it. Traps when there is no memory for it. */
function openLargeStack({ large, limit }: StackGlobals): Bytes {
  return concat(
    code.getGlobal(large),
    code.isZero,
    code.whenTrue(
      code.i32(largeStackPages),
      code.growMemory,
      code.i32(pageLength),
      code.multiply,
      code.setGlobal(large),
      // Not grown is -1 page.
      code.getGlobal(large),
      code.i32(-pageLength),
      code.isEqual,
      code.whenTrue(code.unreachable),
    ),
    code.getGlobal(large),
    code.i32(stackReserve),
    code.add,
    code.setGlobal(limit),
  );
}

function endOfLargeStack({ large }: StackGlobals): Bytes {
  return concat(code.getGlobal(large), code.i32(largeStackPages * pageLength), code.add);
}
