import { createApp, type ExtensionResponse, type RequestContext } from '@alga/extension-sdk';

function hello(ctx: RequestContext<'name'>): ExtensionResponse {
  return ctx.json({ greeting: `Hello, ${ctx.params.name}!`, length: ctx.params.name.length });
}

/** Overwritten in the component of each copy, so that many extensions are as many components. */
const edition = 'edition-000';

/** The body as it came: text as text, anything else as bytes. */
function echo(ctx: RequestContext): ExtensionResponse {
  const isText = ctx.request.headers.get('content-type') === 'text/plain';
  return isText ? ctx.text(ctx.request.text()) : ctx.bytes(ctx.request.bytes());
}

export default createApp()
  .get('/hello/:name', hello)
  .get('/edition', (ctx) => ctx.text(edition))
  .post('/echo', echo);
