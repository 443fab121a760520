/** A structured clone with an own `__proto__` key, as a hostile frame can post it. */
export function posted(json: string): unknown {
  return structuredClone(JSON.parse(json));
}

/** An envelope of version 2. */
export function envelope(type: string, payload: unknown, requestId?: string): Record<string, unknown> {
  return {
    alga: true,
    version: '2',
    type,
    ...(requestId === undefined ? {} : { request_id: requestId }),
    payload,
  };
}
