/** An attack: does its worst and returns what it got. */
export type Attack = (args: URLSearchParams) => unknown;

/** What came of one step: a value, or the name of what stopped it. */
export type Outcome = { readonly value: unknown } | { readonly error: string };

/** Tries a step, and says what stopped it. */
export async function attempt(step: () => unknown, limitMs = 10_000): Promise<Outcome> {
  try {
    return { value: await within(step(), limitMs) };
  } catch (error) {
    return { error: error instanceof Error ? error.name : String(error) };
  }
}

/** Tries several steps, each on its own. */
export async function attemptAll(
  steps: Readonly<Record<string, () => unknown>>,
): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  for (const [name, step] of Object.entries(steps)) {
    const outcome = await attempt(step);
    outcomes[name] = outcome;
    // One by one as well: a step that succeeds can be the end of this page.
    report(`step ${name}`, outcome);
  }
  return outcomes;
}

/** Tells the test. */
export function report(name: string, result: object): void {
  console.log('evil', JSON.stringify({ name, ...result }));
}

/** Gives the browser the time to do what was asked of it. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}

/** A step that never ends counts as stopped. */
function within<T>(result: T, limitMs: number): Promise<Awaited<T> | 'nothing happened'> {
  return Promise.race([
    Promise.resolve(result),
    new Promise<'nothing happened'>((resolve) => setTimeout(resolve, limitMs, 'nothing happened')),
  ]);
}
