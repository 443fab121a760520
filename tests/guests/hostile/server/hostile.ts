import type { ExtensionResponse, RequestContext } from '@alga/extension-sdk';

/** Text that must never reach a caller. */
const canary = 'canary-6f2d';

export function throwError(): ExtensionResponse {
  throw new Error(canary);
}

/** A real trap: the answer has a type that the boundary cannot convert, and nothing in the guest can catch that. */
export function trap(ctx: RequestContext): ExtensionResponse {
  const response = ctx.empty();
  const [toWire = ''] = Object.getOwnPropertySymbols(Object.getPrototypeOf(response));
  Object.defineProperty(response, toWire, { value: () => ({ status: canary }) });
  return response;
}

export function loop(): ExtensionResponse {
  for (;;);
}

export function memory(ctx: RequestContext): ExtensionResponse {
  const kept: Uint8Array[] = [];
  while (kept.length < 1_000_000) kept.push(new Uint8Array(1 << 20).fill(1));
  return ctx.json({ megabytes: kept.length });
}

export function regex(ctx: RequestContext): ExtensionResponse {
  return ctx.json({ matched: /^(a+)+$/.test(`${'a'.repeat(40)}!`) });
}

export function recursion(ctx: RequestContext): ExtensionResponse {
  const descend = (depth: number): number => descend(depth + 1) + 1;
  return ctx.json({ depth: descend(0) });
}
