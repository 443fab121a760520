const kept: unknown[] = [];

/**
 * Keeps objects for as long as the component lives, so that the engine keeps what it knows of their kinds: it makes a kind of
 * object when there is none of it, which costs each request that comes first to it.
 */
export function keep(...values: unknown[]): void {
  kept.push(...values);
}
