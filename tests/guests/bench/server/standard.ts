/** The hello of `index.ts` with the classes of the Fetch standard. */
export default {
  fetch(request: Request): Response {
    const name = new URL(request.url).pathname.slice('/hello/'.length);
    return Response.json({ greeting: `Hello, ${name}!`, length: name.length });
  },
};
