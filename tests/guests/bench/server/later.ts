import { createApp } from '@alga/extension-sdk';

/** The hello of `index.ts` as most people write a handler. */
export default createApp().get('/hello/:name', async (ctx) => {
  const { name } = await Promise.resolve(ctx.params);
  return ctx.json({ greeting: `Hello, ${name}!`, length: name.length });
});
