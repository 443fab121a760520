import { host } from '../runtime/bindings.ts';

/** The user on whose behalf the host application calls. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** Who is calling and for whom. */
export interface Invocation {
  readonly requestId: string;
  readonly tenantId: string;
  /** The extension's name, such as `com.acme.reports`. */
  readonly extensionId: string;
  readonly installId: string;
  readonly version: string;
  /** The install's non-secret settings; a setting that is not a string is JSON text. */
  readonly config: Readonly<Record<string, string>>;
  /** Absent for events and schedules. */
  readonly user?: User;
  /** Milliseconds left, at the time of the call, before this invocation is stopped. */
  readonly deadlineMs: number;
}

/** The running invocation. Needs no capability. */
export function currentInvocation(): Invocation {
  const { config, user, ...rest } = host().context.current();
  return {
    ...rest,
    config: Object.fromEntries(config),
    ...(user === null ? {} : { user }),
  };
}
