import { MAX_DEPTH, MAX_NODES } from './limits.ts';
import { isPlain } from './schema.ts';

/** What {@link measure} says of a value. */
export type Measured = 'fits' | 'too_large' | 'not_plain';

/**
 * Whether a value is plain data (objects, lists, text, numbers, booleans, null) within `maxCharacters`,
 * {@link MAX_NODES} values and {@link MAX_DEPTH} levels. Stops at the first excess, so the work is bounded whatever was
 * sent, cycles included. Files, buffers, maps and the like, which messages can carry, are not plain.
 */
export function measure(value: unknown, maxCharacters: number): Measured {
  let characters = 0;
  let nodes = 0;
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    nodes += 1;
    if (nodes + waiting.length > MAX_NODES || next.depth > MAX_DEPTH) return 'too_large';
    const current = next.value;
    if (typeof current === 'string') {
      characters += current.length;
    } else if (Array.isArray(current)) {
      if (current.length > MAX_NODES) return 'too_large';
      for (const item of current) waiting.push({ value: item, depth: next.depth + 1 });
    } else if (isPlain(current)) {
      const keys = Object.keys(current);
      if (keys.length > MAX_NODES) return 'too_large';
      for (const key of keys) {
        characters += key.length;
        waiting.push({ value: current[key], depth: next.depth + 1 });
      }
    } else if (current !== null && typeof current !== 'number' && typeof current !== 'boolean') {
      return 'not_plain';
    }
    if (characters > maxCharacters) return 'too_large';
  }
  return 'fits';
}
