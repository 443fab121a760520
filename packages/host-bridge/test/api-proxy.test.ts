import { fromBase64, MAX_BODY, toBase64 } from '@alga/iframe-protocol';
import { describe, expect, it, vi } from 'vitest';
import type { ApiOptions } from '../src/options.ts';
import { type ApiAnswer, ApiFailure, type ApiRequest, type ApiTransport } from '../src/transport.ts';
import { openSession } from './support.ts';

const BASE = 'https://host.example/api/ext/com.acme.reports';
const EMPTY: ApiAnswer = { status: 204, headers: {}, body: new Uint8Array() };

async function openApi(transport: ApiTransport, over: Partial<ApiOptions> = {}) {
  const onFault = vi.fn();
  const frame = openSession({
    onFault,
    api: { baseUrl: BASE, accessToken: () => Promise.resolve('user-token'), transport, ...over },
  });
  await frame.next();
  return { ...frame, onFault };
}

/** Calls that are answered when the test says so. */
function pending() {
  const calls: { request: ApiRequest; signal: AbortSignal; answer: (answer: ApiAnswer) => void }[] = [];
  const transport: ApiTransport = (request, { signal }) =>
    new Promise((answer) => calls.push({ request, signal, answer }));
  return { calls, transport };
}

describe('API calls of a frame', () => {
  it('are made with the user’s token, which the frame never sees', async () => {
    const transport = vi.fn<ApiTransport>(() =>
      Promise.resolve({
        status: 201,
        headers: {
          'content-type': 'application/json',
          'set-cookie': 'canary',
          'x-ext-a': '1',
          authorization: 'canary',
        },
        body: new TextEncoder().encode('{"id":7}'),
      }),
    );
    const frame = await openApi(transport);
    frame.send(
      'apiproxy',
      {
        route: '/agreements?x=1',
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: 'Bearer forged',
          Cookie: 'forged',
          'X-Forwarded-For': 'forged',
          'x-ms-client-principal': 'forged',
          'X-Ext-Mode': 'draft',
        },
        body: toBase64(new TextEncoder().encode('{}')),
      },
      'r1',
    );
    const answer = await frame.next();
    expect(answer).toMatchObject({
      type: 'apiproxy_response',
      request_id: 'r1',
      payload: {
        status: 201,
        headers: { 'content-type': 'application/json', 'x-ext-a': '1' },
        body: toBase64(new TextEncoder().encode('{"id":7}')),
      },
    });
    expect(JSON.stringify(answer)).not.toMatch(/canary|user-token/);
    expect(transport.mock.calls[0]?.[0]).toEqual({
      method: 'POST',
      url: `${BASE}/agreements?x=1`,
      headers: {
        'content-type': 'application/json',
        'x-ext-mode': 'draft',
        authorization: 'Bearer user-token',
      },
      body: new TextEncoder().encode('{}'),
    });
  });

  it.each(['/../other/x', '/%2e%2e/host/extensions', '/a;b', '/a#b'])('are not made to %s', async (route) => {
    const transport = vi.fn<ApiTransport>(() => Promise.resolve(EMPTY));
    const frame = await openApi(transport);
    frame.send('apiproxy', { route }, 'r1');
    expect(await frame.next()).toMatchObject({ payload: { status: 0, error: 'invalid_message' } });
    expect(transport).not.toHaveBeenCalled();
  });

  it.each([
    ['a body on GET', { route: '/a', body: 'AAAA' }],
    ['a body twice', { route: '/a', method: 'PUT', body: 'AAAA', body_size: 3 }],
    ['padding in the middle', { route: '/a', method: 'PUT', body: 'A' }],
  ])('are not made with %s', async (_, payload) => {
    const transport = vi.fn<ApiTransport>(() => Promise.resolve(EMPTY));
    const frame = await openApi(transport);
    frame.send('apiproxy', payload, 'r1');
    expect(await frame.next()).toMatchObject({ payload: { status: 0, error: 'invalid_message' } });
    expect(transport).not.toHaveBeenCalled();
  });

  it('take a body in parts and tell of its progress', async () => {
    const whole = Uint8Array.from({ length: 9 }, (_, index) => index);
    const transport = vi.fn<ApiTransport>((request, { onProgress }) => {
      onProgress(request.body?.length ?? 0, request.body?.length ?? 0);
      return Promise.resolve(EMPTY);
    });
    const frame = await openApi(transport);
    frame.send('apiproxy', { route: '/files', method: 'PUT', body_size: 9, progress: true }, 'r1');
    frame.send('apiproxy_body', { data: toBase64(whole.subarray(0, 6)) }, 'r1');
    frame.send('apiproxy_body', { data: toBase64(whole.subarray(6)) }, 'r1');
    expect(await frame.next()).toMatchObject({ type: 'apiproxy_progress', payload: { loaded: 9, total: 9 } });
    expect(await frame.next()).toMatchObject({ type: 'apiproxy_response', payload: { status: 204 } });
    expect(transport.mock.calls[0]?.[0].body).toEqual(whole);
  });

  it('end when the parts are more than was said', async () => {
    const transport = vi.fn<ApiTransport>(() => Promise.resolve(EMPTY));
    const frame = await openApi(transport);
    frame.send('apiproxy', { route: '/files', method: 'PUT', body_size: 4 }, 'r1');
    frame.send('apiproxy_body', { data: 'AAAAAAAA' }, 'r1');
    expect(await frame.next()).toMatchObject({ payload: { error: 'body_too_large' } });
    expect(transport).not.toHaveBeenCalled();
  });

  it('are eight at a time, and wait with no more than 20 MiB', async () => {
    const { calls, transport } = pending();
    const frame = await openApi(transport);
    for (let count = 0; count < 9; count += 1) frame.send('apiproxy', { route: '/a' }, `r${count}`);
    expect(await frame.next()).toMatchObject({ request_id: 'r8', payload: { error: 'rate_limited' } });
    expect(calls).toHaveLength(8);
    for (const call of calls) call.answer(EMPTY);
    for (let count = 0; count < 8; count += 1) await frame.next();
    const large = { route: '/a', method: 'PUT', body_size: MAX_BODY };
    for (const id of ['b1', 'b2', 'b3']) frame.send('apiproxy', large, id);
    expect(await frame.next()).toMatchObject({ request_id: 'b3', payload: { error: 'rate_limited' } });
  });

  it('cannot be answered twice under one id', async () => {
    const { calls, transport } = pending();
    const frame = await openApi(transport);
    frame.send('apiproxy', { route: '/a' }, 'r1');
    frame.send('apiproxy', { route: '/b' }, 'r1');
    await frame.settled();
    expect(calls.map(({ request }) => request.url)).toEqual([`${BASE}/a`]);
  });

  it('are aborted when the frame takes them back, and all of them at the end of the session', async () => {
    const { calls, transport } = pending();
    const frame = await openApi(transport);
    frame.send('apiproxy', { route: '/a' }, 'r1');
    frame.send('apiproxy', { route: '/b' }, 'r2');
    frame.send('apiproxy_cancel', {}, 'r1');
    await frame.settled();
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    frame.session.close();
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });

  it.each(['network', 'timeout', 'response_too_large'] as const)('that fail say %s', async (code) => {
    const frame = await openApi(() => Promise.reject(new ApiFailure(code)));
    frame.send('apiproxy', { route: '/a' }, 'r1');
    expect(await frame.next()).toMatchObject({ payload: { status: 0, headers: {}, error: code } });
    expect(frame.onFault).not.toHaveBeenCalled();
  });

  it('say nothing of a fault of the host', async () => {
    const frame = await openApi(() => Promise.resolve(EMPTY), {
      accessToken: () => Promise.reject(new Error('canary')),
    });
    frame.send('apiproxy', { route: '/a' }, 'r1');
    const answer = await frame.next();
    expect(answer).toMatchObject({ payload: { status: 0, error: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('canary');
    expect(frame.onFault).toHaveBeenCalledOnce();
  });

  it('bring answers of 10 MiB and not a byte more', async () => {
    const answers = [new Uint8Array(MAX_BODY), new Uint8Array(MAX_BODY + 1)];
    const frame = await openApi(() =>
      Promise.resolve({ ...EMPTY, status: 200, body: answers.shift() ?? EMPTY.body }),
    );
    frame.send('apiproxy', { route: '/a' }, 'r1');
    const fits = await frame.next();
    expect(fromBase64(fits.payload['body'] as string)).toHaveLength(MAX_BODY);
    frame.send('apiproxy', { route: '/a' }, 'r2');
    expect(await frame.next()).toMatchObject({ payload: { status: 0, error: 'response_too_large' } });
  });
});
