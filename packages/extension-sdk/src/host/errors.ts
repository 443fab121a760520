/** A host call that the platform refused. `code` is stable; `message` says what to change. */
export class HostError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The install does not grant what the call needs. */
export class CapabilityDeniedError extends HostError {
  /** The capability, as the manifest names it. */
  readonly capability: string;

  constructor(capability: string, message: string) {
    super('denied', message);
    this.capability = capability;
  }
}

/**
 * Runs a host call and turns its thrown `result` error into the class that `types` has for its tag.
 * Anything else that is thrown passes through.
 */
export function hostCall<T>(
  capability: string,
  types: Readonly<Record<string, new (code: string, message: string) => HostError>>,
  call: () => T,
): T {
  try {
    return call();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    if (refusal.tag === 'denied') throw new CapabilityDeniedError(capability, refusal.val);
    throw new (types[refusal.tag] ?? HostError)(refusal.tag, refusal.val);
  }
}

function refusalOf(error: unknown): { tag: string; val: string } | undefined {
  if (!(error instanceof Error) || !('payload' in error)) return undefined;
  const payload = error.payload as { tag?: unknown; val?: unknown } | null;
  return typeof payload?.tag === 'string' && typeof payload.val === 'string'
    ? { tag: payload.tag, val: payload.val }
    : undefined;
}
