import type { ExtensionResponse, RequestContext } from '@alga/extension-sdk';

let calls = 0;

/** Differs between two instances. */
export function random(ctx: RequestContext): ExtensionResponse {
  return ctx.json({
    math: Math.random(),
    uuid: crypto.randomUUID(),
    bytes: [...crypto.getRandomValues(new Uint8Array(8))],
  });
}

/** Always 1: no instance serves two requests. */
export function counter(ctx: RequestContext): ExtensionResponse {
  return ctx.json({ calls: ++calls });
}

export function context(ctx: RequestContext): ExtensionResponse {
  return ctx.json(ctx.invocation);
}

/** The body as it came, and its content type. */
export function echo(ctx: RequestContext): ExtensionResponse {
  const headers = { 'content-type': ctx.request.headers.get('content-type') ?? 'application/octet-stream' };
  try {
    return ctx.text(ctx.request.text(), { headers });
  } catch {
    // Not text, so it goes back as bytes.
    return ctx.bytes(ctx.request.bytes(), { headers });
  }
}

/** Everything of the request but its body. */
export function request(ctx: RequestContext): ExtensionResponse {
  const { method, path, endpoint, query, headers } = ctx.request;
  return ctx.json({ method, path, endpoint, params: ctx.params, query: [...query], headers: [...headers] });
}
