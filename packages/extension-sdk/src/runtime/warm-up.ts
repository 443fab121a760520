import { App } from '../http/app.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { ExtensionResponse } from '../http/response.ts';
import { dispatch } from './dispatch.ts';
import { keep } from './kept.ts';
import type { WireRequest } from './wire.ts';

/**
 * Rehearses a request while the component is built, for the snapshot that every sandbox starts from: the engine makes a
 * builtin function when it is first read, and a kind of object when there is none of it. A request then finds them.
 */
export function warmUp(): void {
  const request: WireRequest = {
    method: 'POST',
    path: '/name',
    endpoint: '/:name',
    params: [['name', 'name']],
    query: [['q', 'q']],
    headers: [['accept', 'application/json']],
    body: { tag: 'text', val: '{}' },
  };
  const app = new App().post('/:name', rehearse);
  keep(
    request,
    { tag: 'empty' },
    dispatch(app, request, (outcome) => outcome),
  );
}

function rehearse(ctx: RequestContext<'name'>): ExtensionResponse {
  const { params, request } = ctx;
  keep(ctx, params, request, request.headers.get('accept'), request.query.get('q'), request.json());
  keep(ctx.text('text'), ctx.empty());
  return ctx.json({ name: params.name });
}
