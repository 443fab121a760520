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

/** Waits for a timer, and uses each web API of the SDK once. */
export async function web(): Promise<Response> {
  const started = Date.now();
  await new Promise<void>((done) => setTimeout(done, 20));
  const url = new URL('/a b?q=1', 'https://exämple.com');
  url.searchParams.append('r', '2');
  const body = {
    waited: Date.now() - started >= 19,
    url: url.href,
    bytes: [...new TextEncoder().encode('ž')],
    text: new TextDecoder().decode(Uint8Array.of(0xc5, 0xbe)),
    copied: await new Request(url, { method: 'POST', body: 'b' }).clone().text(),
  };
  return Response.json(body, { headers: new Headers({ 'X-Ext-Web': 'yes' }) });
}

export function context(ctx: RequestContext): ExtensionResponse {
  return ctx.json(ctx.invocation);
}

/** Functions that call themselves, one through the engine's own code, and one with very many arguments: more than the first stack of a sandbox holds. */
export function deep(ctx: RequestContext): ExtensionResponse {
  const descend = (calls: number): number => (calls === 0 ? 0 : 1 + descend(calls - 1));
  const through = (calls: number): number =>
    calls === 0 ? 0 : [calls].map((each) => through(each - 1)).reduce((sum, each) => sum + each, 1);
  const largest = Math.max.bind(null)(...new Array<number>(40_000).fill(7));
  return ctx.json({ calls: [descend(900), descend(10), through(250), descend(900)], largest });
}

/** Half a character, which UTF-8 has no form for, as JSON. */
export function half(ctx: RequestContext): ExtensionResponse {
  return ctx.json({ half: '\ud800' });
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
