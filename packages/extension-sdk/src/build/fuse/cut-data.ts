import { writeConstant } from '../wasm/constant.ts';
import type { DataSegment } from '../wasm/core-module.ts';
import { maxGap } from './join-data.ts';

/**
 * Of what a segment's place and length are multiples, in bytes: a line of the processor's cache. Some take several times as long to copy
 * what begins elsewhere.
 */
const line = 64;

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
    const [first, end] = [Math.floor(from / line) * line, Math.ceil(to / line) * line];
    cut.push({ offset: writeConstant(first), bytes: image.subarray(first, end) });
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
