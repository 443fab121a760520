/** Whether `value` has to be waited for. */
export function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** `next` of `value`, at once where there is nothing to wait for: most handlers are synchronous, and that is faster. */
export function after<T, R>(
  value: T | PromiseLike<T>,
  next: (value: T) => R | PromiseLike<R>,
): R | PromiseLike<R> {
  return isPromiseLike(value) ? value.then(next) : next(value);
}

/** What `work` gives, or what `fail` makes of what it throws, now or later. */
export function attempt<T>(work: () => T | PromiseLike<T>, fail: (error: unknown) => T): T | PromiseLike<T> {
  try {
    const value = work();
    return isPromiseLike(value) ? value.then(undefined, fail) : value;
  } catch (error) {
    return fail(error);
  }
}

/** How an outcome is waited for: at once in a component, not at all in a test, whose caller awaits it. */
export type Wait = <T>(outcome: T | PromiseLike<T>) => T | PromiseLike<T>;
