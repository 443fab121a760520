import { fromBase64, MAX_BODY, MAX_BODY_PART, toBase64 } from '@alga/iframe-protocol';
import { describe, expect, it, vi } from 'vitest';
import { openExtension } from './support.ts';

const encode = (text: string) => toBase64(new TextEncoder().encode(text));

describe('api.fetch', () => {
  it('goes through the host and answers as fetch does', async () => {
    const { extension, host } = openExtension();
    const fetched = extension.api.fetch('/agreements?x=1', {
      method: 'post',
      headers: { 'content-type': 'application/json', 'If-Match': '"1"' },
      body: '{"title":"Größe"}',
    });
    const asked = await host.next();
    expect(asked).toMatchObject({
      type: 'apiproxy',
      payload: {
        route: '/agreements?x=1',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'if-match': '"1"' },
        body: encode('{"title":"Größe"}'),
      },
    });
    host.send(
      'apiproxy_response',
      { status: 409, headers: { 'content-type': 'application/json' }, body: encode('{"ok":false}') },
      asked.request_id,
    );
    const response = await fetched;
    expect(response.status).toBe(409);
    expect(response.ok).toBe(false);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ ok: false });
  });

  it('sends forms as fetch would, with their boundary', async () => {
    const { extension, host } = openExtension();
    const form = new FormData();
    form.append('file', new Blob(['hello']), 'hello.txt');
    void extension.api.fetch('/files', { method: 'PUT', body: form });
    const { payload } = await host.next();
    const headers = payload['headers'] as Record<string, string>;
    const boundary = /boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? 'none';
    const bytes = fromBase64(payload['body'] as string);
    expect(new TextDecoder().decode(bytes)).toContain(boundary);
  });

  it.each([204, 205, 304])('gives an answer of status %i, which has no body', async (status) => {
    const { extension, host } = openExtension();
    const fetched = extension.api.fetch('/a');
    host.send('apiproxy_response', { status, headers: {} }, (await host.next()).request_id);
    expect((await fetched).status).toBe(status);
  });

  it('sends a large body in parts that add up, and tells of its progress', async () => {
    const { extension, host } = openExtension();
    const body = Uint8Array.from({ length: MAX_BODY_PART * 2 + 5 }, (_, index) => index % 251);
    const onUploadProgress = vi.fn();
    const fetched = extension.api.fetch('/files', { method: 'PUT', body, onUploadProgress });
    const asked = await host.next();
    expect(asked.payload).toMatchObject({ body_size: body.length, progress: true });
    expect(asked.payload['body']).toBeUndefined();
    let joined = '';
    for (let count = 0; count < 3; count += 1) {
      const part = await host.next();
      expect(part).toMatchObject({ type: 'apiproxy_body', request_id: asked.request_id });
      joined += part.payload['data'] as string;
    }
    expect(Buffer.from(joined, 'base64').equals(body)).toBe(true);
    host.send('apiproxy_progress', { loaded: 5, total: body.length }, asked.request_id);
    host.send('apiproxy_response', { status: 200, headers: {} }, asked.request_id);
    await fetched;
    expect(onUploadProgress).toHaveBeenCalledExactlyOnceWith({ loaded: 5, total: body.length });
  });

  it('does not even send a body beyond the platform', async () => {
    const { extension } = openExtension();
    await expect(
      extension.api.fetch('/files', { method: 'PUT', body: new Uint8Array(MAX_BODY + 1) }),
    ).rejects.toMatchObject({ code: 'body_too_large' });
  });

  it.each(['https://evil.example/a', '//evil.example/a'])('does not take %s for a route', async (route) => {
    const { extension } = openExtension();
    await expect(extension.api.fetch(route)).rejects.toMatchObject({ code: 'invalid_message' });
  });

  it('rejects with the host’s code when there is no answer', async () => {
    const { extension, host } = openExtension();
    const failed = extension.api.fetch('/a');
    host.send(
      'apiproxy_response',
      { status: 0, headers: {}, error: 'network' },
      (await host.next()).request_id,
    );
    await expect(failed).rejects.toMatchObject({ name: 'FrameError', code: 'network' });
    const refused = extension.api.fetch('/a');
    host.send('error', { code: 'permission_denied', message: 'No.' }, (await host.next()).request_id);
    await expect(refused).rejects.toMatchObject({ code: 'permission_denied' });
  });

  it('can be aborted, and lets the host know', async () => {
    const { extension, host } = openExtension();
    const abort = new AbortController();
    const fetched = extension.api.fetch('/a', { signal: abort.signal });
    const asked = await host.next();
    abort.abort();
    await expect(fetched).rejects.toMatchObject({ name: 'AbortError' });
    expect(await host.next()).toMatchObject({ type: 'apiproxy_cancel', request_id: asked.request_id });
  });
});
