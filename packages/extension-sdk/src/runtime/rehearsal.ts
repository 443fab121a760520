import { App } from '../http/app.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { ExtensionResponse } from '../http/response.ts';
import { dispatch } from './dispatch.ts';
import { keep } from './kept.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/**
 * Answers a request of the build (`rehearse` there), for the snapshot that every sandbox starts from: the engine makes a
 * builtin function when it is first read, and a kind of object when there is none of it. A request then finds them.
 * @param request For the endpoint `/:name`, with a body of JSON.
 */
export function rehearse(request: WireRequest): WireResponse {
  const app = new App().get('/:name', handle);
  const answer = dispatch(app, { ...request, method: 'GET' }, (outcome) => outcome) as WireResponse;
  keep(request, { tag: 'empty' }, answer);
  return answer;
}

function handle(ctx: RequestContext<'name'>): ExtensionResponse {
  const { params, request } = ctx;
  keep(ctx, params, request, request.headers.get('accept'), request.query.get('q'), request.json());
  keep(ctx.text('text'), ctx.empty());
  return ctx.json({ name: params.name });
}
