import { expect, test } from 'vitest';
import { CapabilityDeniedError, fetch, FetchError, SecretError, secrets } from '../src/index.ts';
import { withHost } from '../src/runtime/bindings.ts';
import { createTestHost, type OutgoingRequest, type TestHostOptions } from '../src/testing/index.ts';
import { refuse } from '../src/testing/refuse.ts';

const granted = ['http.fetch', 'secrets.get'];

function inside<T>(options: TestHostOptions, work: () => T): T {
  return withHost(createTestHost({ capabilities: granted, ...options }).bindings, work);
}

test('a request arrives as it was meant and its answer comes back', () => {
  let seen: OutgoingRequest | undefined;
  const answer = inside(
    {
      fetch: (request) => {
        seen = request;
        return { status: 201, headers: { 'X-Id': '7' }, body: '{"ok":true}' };
      },
    },
    () =>
      fetch('https://api.example.com/a', {
        method: 'POST',
        headers: { Authorization: 'Bearer {{secret:api-key}}' },
        body: '{"a":1}',
        timeoutMs: 500,
      }),
  );
  expect(seen).toMatchObject({ method: 'POST', url: 'https://api.example.com/a' });
  expect(seen?.headers.get('authorization')).toBe('Bearer {{secret:api-key}}');
  expect(seen?.json()).toEqual({ a: 1 });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-id')).toBe('7');
  expect(answer.json()).toEqual({ ok: true });
});

test('bytes go out and come back as bytes', () => {
  const answer = inside({ fetch: (request) => ({ body: request.bytes() }) }, () =>
    fetch('https://api.example.com/', { method: 'PUT', body: Uint8Array.of(0xff, 0) }),
  );
  expect([...answer.bytes()]).toEqual([0xff, 0]);
});

test.each(['invalid', 'timeout', 'too-large', 'unreachable'])('%s is a FetchError with its code', (code) => {
  const host = createTestHost({ capabilities: granted });
  host.bindings.http.fetch = () => refuse(code, 'because');
  withHost(host.bindings, () => {
    expect(() => fetch('https://api.example.com/')).toThrow(FetchError);
    expect(() => fetch('https://api.example.com/')).toThrow(
      expect.objectContaining({ code, message: 'because' }),
    );
  });
});

test.each(['missing', 'expired', 'unavailable'])('%s is a SecretError with its code', (code) => {
  const host = createTestHost({ capabilities: granted });
  host.bindings.secrets.get = () => refuse(code, 'because');
  withHost(host.bindings, () => {
    expect(() => secrets.get('api-key')).toThrow(SecretError);
    expect(() => secrets.get('api-key')).toThrow(expect.objectContaining({ code, message: 'because' }));
  });
});

test('a secret is read by name, and one without a value is missing', () => {
  inside({ secrets: { 'api-key': 's3cret', other: 'x' } }, () => {
    expect(secrets.get('api-key')).toBe('s3cret');
    expect(secrets.names()).toEqual(['api-key', 'other']);
    expect(() => secrets.get('toString')).toThrow(expect.objectContaining({ code: 'missing' }));
  });
});

test('a host that was not granted is a denied capability', () => {
  const host = createTestHost({ capabilities: granted });
  host.bindings.http.fetch = () => refuse('denied', 'Add "api.example.com" to "egress" in manifest.json.');
  withHost(host.bindings, () => {
    expect(() => fetch('https://api.example.com/')).toThrow(CapabilityDeniedError);
  });
});

test.each([
  ['a header that could end the line', { headers: { a: 'b\r\nc: d' } }],
  ['a header name that is none', { headers: { 'a b': 'c' } }],
  ['a timeout of 0', { timeoutMs: 0 }],
  ['a body that is an object', { body: {} as never }],
])('%s is refused before the boundary', (_, options) => {
  inside({}, () => {
    expect(() => fetch('https://api.example.com/', options)).toThrow(TypeError);
  });
});
