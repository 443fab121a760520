import {
  FetchError,
  fetch,
  log,
  metrics,
  secrets,
  type ExtensionResponse,
  type RequestContext,
} from '@alga/extension-sdk';

/** Reads a secret, and tries to write it wherever an extension can write. */
export function secret(ctx: RequestContext): ExtensionResponse {
  const value = secrets.get('token');
  log.info(`the token is ${value}`, { token: value });
  metrics.count('leaks', 1, { token: value });
  return ctx.json({ length: value.length, names: secrets.names() });
}

/** A granted host that does not exist. */
export function unreachable(ctx: RequestContext): ExtensionResponse {
  try {
    const headers = { authorization: 'Bearer {{secret:token}}' };
    return ctx.json({ status: fetch('https://api.example.invalid/', { headers }).status });
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return ctx.json({ code: error.code, message: error.message });
  }
}
