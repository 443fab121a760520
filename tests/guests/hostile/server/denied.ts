import {
  CapabilityDeniedError,
  fetch,
  HostError,
  secrets,
  storage,
  type ExtensionResponse,
  type RequestContext,
} from '@alga/extension-sdk';

export function deniedHttp(ctx: RequestContext): ExtensionResponse {
  return outcome(ctx, () => fetch('https://example.com/').status);
}

export function deniedSecrets(ctx: RequestContext): ExtensionResponse {
  return outcome(ctx, () => secrets.get('api-key'));
}

export function deniedNamespace(ctx: RequestContext): ExtensionResponse {
  return outcome(ctx, () => storage.namespace('undeclared').get('key') ?? null);
}

/** What a host call gave, or how it was refused. */
function outcome(ctx: RequestContext, call: () => unknown): ExtensionResponse {
  try {
    return ctx.json({ value: call() });
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const capability = error instanceof CapabilityDeniedError ? error.capability : undefined;
    return ctx.json({ refused: error.code, message: error.message, capability });
  }
}
