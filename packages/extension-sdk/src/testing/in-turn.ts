import { withHostAsync } from '../runtime/bindings.ts';
import type { TestHost } from './test-host.ts';

let last: Promise<unknown> = Promise.resolve();

/** Runs `work` with `host` after all earlier ones: in the sandbox, too, no two invocations share their globals. */
export function inTurn<T>(host: TestHost, work: () => Promise<T>): Promise<T> {
  const run = (): Promise<T> => {
    host.startRequest();
    return withHostAsync(host.bindings, work);
  };
  const mine = last.then(run, run);
  last = mine;
  return mine;
}
