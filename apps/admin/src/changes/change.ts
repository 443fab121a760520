/** One thing that is otherwise in one version than in another. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  /** What it is: plain words, or with `isCode` a name as the publisher wrote it. */
  readonly what: string;
  readonly isCode: boolean;
  /** What is to know about it; of a change each thing that changed. */
  readonly how: readonly string[];
}

/** Changes of one sort. */
export interface ChangeGroup {
  readonly title: string;
  readonly changes: readonly Change[];
}

/** How things of one sort are compared. */
export interface Comparison<T> {
  /** What makes two of them the same thing. */
  readonly key: (one: T) => string;
  readonly what?: (one: T) => string;
  readonly isCode?: boolean;
  /** What is to know about one that is new. */
  readonly about?: (one: T) => readonly string[];
  /** What changed in one that stays; none where nothing did. */
  readonly how?: (before: T, after: T) => readonly string[];
}

/** What is new first, then what changed, then what is gone. */
export function compare<T>(before: readonly T[], after: readonly T[], by: Comparison<T>): readonly Change[] {
  const { key, what = key, isCode = false, about = () => [], how = () => [] } = by;
  const find = (list: readonly T[], wanted: T) => list.find((one) => key(one) === key(wanted));
  const change = (kind: Change['kind'], one: T, words: readonly string[]): Change => ({
    kind,
    what: what(one),
    isCode,
    how: words,
  });
  return [
    ...after.filter((one) => find(before, one) === undefined).map((one) => change('added', one, about(one))),
    ...after.flatMap((one) => {
      const old = find(before, one);
      const words = old === undefined ? [] : how(old, one);
      return words.length === 0 ? [] : [change('changed', one, words)];
    }),
    ...before.filter((one) => find(after, one) === undefined).map((one) => change('removed', one, [])),
  ];
}

/** Words for a value that changed; none where it did not. */
export function whereDiffers<V>(
  before: V,
  after: V,
  say: (before: V, after: V) => string,
): readonly string[] {
  return isSame(before, after) ? [] : [say(before, after)];
}

/** Whether two values are the same JSON; the order of an object's members is no difference. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
