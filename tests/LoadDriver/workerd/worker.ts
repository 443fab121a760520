import { mount } from '@alga/extension-sdk/runtime';
import extension from '../../guests/bench/server/index.ts';

// The same JSON in and out as POST /v1/execute, and the same handler in between; no sandbox per request.
const unused = () => {
  throw new Error('The measured handler calls nothing.');
};
const bindings = {
  context: { current: unused },
  log: { write: unused },
  metrics: { emit: unused },
  storage: { get: unused, put: unused, delete: unused, scan: unused, commit: unused },
  http: { fetch: unused },
  secrets: { get: unused, names: unused },
  random: { getRandomBytes: (length: bigint) => crypto.getRandomValues(new Uint8Array(Number(length))) },
};
const { httpHandler } = mount(extension, bindings as never);

interface ExecuteRequest {
  http: {
    method: string;
    path: string;
    endpoint: string;
    params: Record<string, string>;
    headers: Record<string, string | string[]>;
  };
}

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method === 'GET') return new Response('alive');
    const { http } = (await request.json()) as ExecuteRequest;
    const answer = httpHandler.handle({
      method: http.method,
      path: http.path,
      endpoint: http.endpoint,
      params: Object.entries(http.params),
      query: [],
      headers: Object.entries(http.headers).flatMap(([name, values]) =>
        [values].flat().map((value): [string, string] => [name, value]),
      ),
      body: { tag: 'empty' },
    });
    return Response.json({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body_b64: answer.body.tag === 'text' ? btoa(answer.body.val) : null,
      error: null,
      usage: { duration_us: 0, fuel: 0, memory_bytes: 0, egress_bytes: 0 },
    });
  },
};
