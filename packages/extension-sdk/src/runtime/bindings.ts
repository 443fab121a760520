import type { HostBindings } from './wire.ts';

let connected: HostBindings | undefined;

/** Makes `bindings` the host from now on. @returns what was it before. */
export function connect(bindings: HostBindings | undefined): HostBindings | undefined {
  const outer = connected;
  connected = bindings;
  return outer;
}

/** Makes `bindings` the host for everything that runs inside `work`. */
export function withHost<T>(bindings: HostBindings, work: () => T): T {
  const outer = connect(bindings);
  try {
    return work();
  } finally {
    connect(outer);
  }
}

/** Like `withHost`, until the promise that `work` gives is settled. Two such must not overlap. */
export async function withHostAsync<T>(bindings: HostBindings, work: () => Promise<T>): Promise<T> {
  const outer = connect(bindings);
  try {
    return await work();
  } finally {
    connect(outer);
  }
}

/** What the SDK itself calls, whatever an extension does. */
type AlwaysThere = 'context' | 'log' | 'random' | 'clock';

/**
 * The host of the running invocation.
 * @throws Error outside of one: module code runs once, when the component is built, where there is no host.
 */
export function host(): Pick<HostBindings, AlwaysThere> {
  return all();
}

/**
 * One of the APIs of the host that not every extension uses. A component imports only those that its code names here: the build looks for the
 * calls, so the name is a literal.
 * @throws Error outside of an invocation.
 */
export function hostApi<Name extends Exclude<keyof HostBindings, AlwaysThere>>(
  name: Name,
): HostBindings[Name] {
  return all()[name];
}

function all(): HostBindings {
  if (connected === undefined) {
    throw new Error(
      'Host APIs, console and randomness work only while a request is handled: move this call from the module into a handler.',
    );
  }
  return connected;
}
