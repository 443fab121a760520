import { writeConstant } from '../wasm/constant.ts';
import type { DataSegment } from '../wasm/core-module.ts';
import { maxGap } from './join-data.ts';

const empty: DataSegment = { offset: writeConstant(0), bytes: new Uint8Array() };

/**
 * Segments that fill a memory, with nothing for long runs of zeros.
 * @param segments Those that filled it before. The ones that code puts into the memory stay, and stay first; and there are never
 *   fewer, since code may name any of them.
 */
export function cutData(segments: readonly DataSegment[], image: Uint8Array): DataSegment[] {
  const cut = segments.filter(({ offset }) => offset === undefined);
  for (let from = nextByte(image, 0); from < image.length;) {
    let to = from + 1;
    let next = nextByte(image, to);
    while (next < image.length && next - to <= maxGap) {
      to = next + 1;
      next = nextByte(image, to);
    }
    cut.push({ offset: writeConstant(from), bytes: image.subarray(from, to) });
    from = next;
  }
  while (cut.length < segments.length) cut.push(empty);
  return cut;
}

/** The first place at or after `from` that is not zero, or the end. */
function nextByte(image: Uint8Array, from: number): number {
  let at = from;
  while (at < image.length && image[at] === 0) at++;
  return at;
}
