import { expect, test } from 'vitest';
import { Headers, Request, Response } from '../src/web/index.ts';

test('headers ignore case, join their values and come sorted', () => {
  const headers = new Headers([
    ['X-B', '1'],
    ['x-a', ' 2 '],
    ['x-b', '3'],
    ['Set-Cookie', 'a'],
    ['Set-Cookie', 'b'],
  ]);
  expect(headers.get('X-b')).toBe('1, 3');
  expect(headers.get('none')).toBeNull();
  expect([...headers]).toEqual([
    ['set-cookie', 'a'],
    ['set-cookie', 'b'],
    ['x-a', '2'],
    ['x-b', '1, 3'],
  ]);
  headers.set('x-b', '4');
  headers.delete('X-A');
  expect([...headers.keys()]).toEqual(['set-cookie', 'set-cookie', 'x-b']);
  expect([headers.has('x-a'), [...headers.values()], headers.getSetCookie()]).toEqual([
    false,
    ['a', 'b', '4'],
    ['a', 'b'],
  ]);
  expect([...new Headers(headers)]).toEqual([...headers]);
});

test.each([
  ['a name with a space', 'a b', '1'],
  ['an empty name', '', '1'],
  ['a value with a line break', 'a', '1\r\nb: 2'],
  ['a value with NUL', 'a', '\0'],
])('a header with %s is refused', (_, name, value) => {
  expect(() => new Headers({ [name]: value })).toThrow(TypeError);
  expect(() => new Response('', { headers: [[name, value]] })).toThrow(TypeError);
});

test('a body is read once, in any form', async () => {
  const response = new Response('{"a":"ž"}');
  const copy = response.clone();
  expect(await response.json()).toEqual({ a: 'ž' });
  expect(response.bodyUsed).toBe(true);
  await expect(response.text()).rejects.toThrow(TypeError);
  expect(() => response.clone()).toThrow(TypeError);
  expect([...(await copy.bytes())]).toHaveLength(10);
  expect((await new Response(Uint8Array.of(1, 2)).arrayBuffer()).byteLength).toBe(2);
  expect(await new Response().text()).toBe('');
  await expect(new Response('{').json()).rejects.toThrow(SyntaxError);
});

test('a body of bytes is a copy', async () => {
  const bytes = Uint8Array.of(1, 2, 3, 4);
  const response = new Response(bytes.subarray(1, 3));
  bytes.fill(9);
  expect([...(await response.bytes())]).toEqual([2, 3]);
});

test('a body gives its content type unless the headers do', () => {
  expect(new Response('a').headers.get('content-type')).toBe('text/plain;charset=UTF-8');
  expect(new Response('a', { headers: { 'content-type': 'text/html' } }).headers.get('content-type')).toBe(
    'text/html',
  );
  expect(Response.json({}).headers.get('content-type')).toBe('application/json');
  expect(new Response(Uint8Array.of(1)).headers.has('content-type')).toBe(false);
});

test.each([
  ['a status out of range', () => new Response('', { status: 600 })],
  ['a status that is no number', () => new Response('', { status: 'x' as never })],
  ['a body where there is none', () => new Response('a', { status: 204 })],
  ['a body that is an object', () => new Response({} as never)],
  ['JSON of nothing', () => Response.json(undefined)],
  ['a GET with a body', () => new Request('https://a.example/', { body: 'a' })],
  ['a relative URL', () => new Request('/a')],
  ['a method with a space', () => new Request('https://a.example/', { method: 'GET /' })],
])('%s is refused', (_, work) => {
  expect(work).toThrow(TypeError);
});

test('a request is copied with changes', async () => {
  const first = new Request('https://a.example/x y', { method: 'post', headers: { a: '1' }, body: 'text' });
  expect([first.method, first.url]).toEqual(['POST', 'https://a.example/x%20y']);
  const second = new Request(first.clone(), { headers: { b: '2' } });
  expect([second.method, second.headers.get('a'), second.headers.get('b')]).toEqual(['POST', null, '2']);
  expect([await second.text(), await first.text()]).toEqual(['text', 'text']);
});

test('a redirect says where to', () => {
  const redirect = Response.redirect('https://a.example/', 303);
  expect([redirect.status, redirect.ok, redirect.headers.get('location')]).toEqual([
    303,
    false,
    'https://a.example/',
  ]);
  expect(() => Response.redirect('https://a.example/', 200)).toThrow(RangeError);
});
