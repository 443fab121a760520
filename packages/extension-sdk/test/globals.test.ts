import { expect, test } from 'vitest';
import { load } from './component.ts';

/** An extension whose only endpoint runs `body`. */
function extension(body: string): string {
  return `
    import { createApp } from '@alga/extension-sdk';
    export default createApp().get('/x', async (ctx) => { ${body} });`;
}

/** What `expression` gives inside of a component. */
async function evaluate(expression: string): Promise<unknown> {
  const component = await load(extension(`return ctx.json({ value: await (${expression}) });`));
  const { body } = component.get();
  expect(component.host.logs).toEqual([]);
  return (JSON.parse(body.val as string) as { value: unknown }).value;
}

test('a URL is taken apart, joined and encoded', async () => {
  expect(await evaluate(`new URL('../b c?q=1#h', 'https://exämple.com:444/a/x').href`)).toBe(
    'https://xn--exmple-cua.com:444/b%20c?q=1#h',
  );
  expect(await evaluate(`[...new URL('https://a.example/?a=1&a=2').searchParams.getAll('a')]`)).toEqual([
    '1',
    '2',
  ]);
  expect(await evaluate(`new URLSearchParams({ q: 'a b&c' }).toString()`)).toBe('q=a+b%26c');
  expect(await evaluate(`URL.canParse('nothing')`)).toBe(false);
});

test('text becomes UTF-8 and back', async () => {
  expect(await evaluate(`[...new TextEncoder().encode('ž😀')]`)).toEqual([197, 190, 240, 159, 152, 128]);
  expect(await evaluate(`new TextDecoder().decode(Uint8Array.of(0x61, 0xff))`)).toBe('a\ufffd');
  expect(
    await evaluate(
      `(() => { try { return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.of(0xff)); } catch (e) { return e.name; } })()`,
    ),
  ).toBe('TypeError');
});

test('async functions, async generators and combinators run to their end', async () => {
  expect(
    await evaluate(`(async () => {
      async function* count() { for (let i = 0; i < 3; i++) { await null; yield i; } }
      const seen = [];
      for await (const n of count()) seen.push(n);
      const all = await Promise.all(new Set([1, Promise.resolve(2)]));
      const settled = await Promise.allSettled([Promise.reject(new Error('x')), 1]);
      const caught = await Promise.reject(7).catch((n) => n + 1);
      return [seen, all, settled.map((s) => s.status), caught];
    })()`),
  ).toEqual([[0, 1, 2], [1, 2], ['rejected', 'fulfilled'], 8]);
});

test('what makes promises of promises takes whatever can be iterated over', async () => {
  expect(
    await evaluate(`(async () => {
      const { promise, resolve } = Promise.withResolvers();
      const raced = Promise.race(new Set([promise, new Promise(() => undefined)]));
      resolve('first');
      const any = await Promise.any([Promise.reject(new Error('x')), 'second'].values());
      const none = await Promise.any([Promise.reject(new Error('x'))]).catch((error) => error.errors.length);
      const tried = await Promise.try((a) => { throw a; }, 'thrown').catch((error) => error);
      const refused = await Promise.all(undefined).catch((error) => error.name);
      return [await raced, any, none, tried, refused];
    })()`),
  ).toEqual(['first', 'second', 1, 'thrown', 'TypeError']);
});

test('a rejection that gets its handler from a later job is not logged, and one that never gets any is, once', async () => {
  const handled = await load(
    extension(`
      const late = Promise.reject(new Error('canary'));
      for (let i = 0; i < 5; i++) await null;
      return ctx.text(await late.catch(() => 'handled'));`),
  );
  expect(handled.get().body.val).toBe('handled');
  expect(handled.host.logs).toEqual([]);
  const never = await load(
    extension(`void Promise.reject(new Error('canary')); await null; return ctx.empty();`),
  );
  never.get();
  expect(never.host.logs.map(({ message }) => message.split('\n')[0])).toEqual(['Error: canary']);
});

test('a promise whose await was forgotten shows nothing of its value', async () => {
  expect(
    await evaluate(`[Promise.resolve('canary'), JSON.stringify(Promise.reject('canary').catch(() => 1))]`),
  ).toEqual([{}, '{}']);
});

test('jobs come before timers, and timers in the order they are due', async () => {
  const source = `
    const seen = [];
    await new Promise((done) => {
      setTimeout((n) => { seen.push(n); done(); }, 20, 'later');
      setTimeout(() => seen.push('sooner'), 1);
      clearTimeout(setTimeout(() => seen.push('never'), 2));
      queueMicrotask(() => seen.push('job'));
    });
    return ctx.json(seen);`;
  const component = await load(extension(source));
  expect(component.get().body.val).toBe('["job","sooner","later"]');
  expect(component.slept.length).toBeGreaterThan(0);
});

test('a timer that is due after the deadline ends the wait at once', async () => {
  const component = await load(extension(`await new Promise((done) => setTimeout(done, 60_000));`));
  expect(component.get().status).toBe(500);
  expect(component.slept).toEqual([]);
  expect(component.host.logs[0]?.message).toContain('the invocation ends in 3000 ms');
});

test('a promise that nothing can settle is a fault that the log explains', async () => {
  const component = await load(extension(`await new Promise(() => undefined);`));
  const { status, body } = component.get();
  expect([status, body.val]).toEqual([500, '{"error":{"code":"internal"}}']);
  expect(component.host.logs[0]?.message).toContain('does not happen within this invocation');
});

test('what an async handler throws is logged with its stack and answered with a stable code', async () => {
  const component = await load(extension(`await null; throw new Error('canary');`));
  const { status, body } = component.get();
  expect([status, body.val]).toEqual([500, '{"error":{"code":"internal"}}']);
  expect(component.host.logs[0]).toMatchObject({ level: 'error', fields: { endpoint: '/x' } });
  expect(component.host.logs[0]?.message).toMatch(/^Error: canary\n\s+at /);
});

test.each([
  ['a timer', `setTimeout(() => { throw new Error('canary'); }, 0);`],
  ['a job', `queueMicrotask(() => { throw new Error('canary'); });`],
  ['a promise that nobody waits for', `void (async () => { throw new Error('canary'); })();`],
])('what %s throws is logged and spoils no answer', async (_, statement) => {
  const component = await load(extension(`${statement} return ctx.text('fine');`));
  expect(component.get().body.val).toBe('fine');
  expect(component.host.logs).toHaveLength(1);
  expect(component.host.logs[0]?.message).toContain('canary');
});

test('a timer that is not due with the answer never runs', async () => {
  const component = await load(
    extension(`setTimeout(() => console.log('late'), 1_000); return ctx.text('now');`),
  );
  expect(component.get().body.val).toBe('now');
  expect(component.host.logs).toEqual([]);
  expect(component.slept).toEqual([]);
});

test('a fetch method gets a standard request and answers a standard response', async () => {
  const component = await load(`
    export default {
      async fetch(request, { endpoint, invocation }) {
        const url = new URL(request.url);
        const { name } = await request.json();
        return Response.json(
          { path: url.pathname, q: url.searchParams.getAll('q'), name, endpoint, tenant: invocation.tenantId },
          { status: 201, headers: { 'X-A': 'b' } },
        );
      },
    };`);
  const answer = component.send('POST', '/a b/ž', { tag: 'text', val: '{"name":"ada"}' }, [
    ['q', '1'],
    ['q', '&'],
  ]);
  expect(answer.status).toBe(201);
  expect(answer.headers).toContainEqual(['x-a', 'b']);
  expect(JSON.parse(answer.body.val as string)).toEqual({
    path: '/a%20b/%C5%BE',
    q: ['1', '&'],
    name: 'ada',
    endpoint: '/a b/ž',
    tenant: 'tenant-1',
  });
});

test('the URL of a standard request is what a parser makes of it, whatever the path', async () => {
  const component = await load(
    `export default { fetch: ({ url }) => Response.json([url, new URL(url).href]) };`,
  );
  for (const path of [
    '/',
    '/a b/ž',
    "/it's",
    '/%41',
    '/a//b',
    '/^`{|}"<>\\?#',
    '/a/../b',
    '/./a',
    '/a/..',
    '/..a/.b.',
    '/😀',
  ]) {
    const answer = component.send('GET', path, { tag: 'empty' }, [['q', "it's ~!*()"]]);
    const [url, parsed] = JSON.parse(answer.body.val as string) as [string, string];
    expect(url, path).toBe(parsed);
    expect(url).toBe(new URL(url).href);
  }
});

test.each(['5', '{}', '{ href: 5 }', '{ href: undefined }', 'undefined', 'null', "'/relative'"])(
  'a request for %s is refused where it is made, not by the end of the guest',
  async (input) => {
    expect(await evaluate(`fetch(${input}).catch((error) => error.name)`)).toBe('TypeError');
  },
);

test('the global fetch goes through the host, and its refusal is a rejection', async () => {
  const source = extension(`
    const response = await fetch('https://api.example.com/a', { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    return ctx.json([response.status, response.ok, response.headers.get('x-id'), await response.json()]);`);
  const answers = await load(source, {
    capabilities: ['http.fetch'],
    fetch: (request) => ({
      status: 202,
      headers: { 'x-id': '7' },
      body: JSON.stringify([request.method, request.headers.get('content-type'), request.text()]),
    }),
  });
  expect(JSON.parse(answers.get().body.val as string)).toEqual([
    202,
    true,
    '7',
    ['POST', 'application/x-www-form-urlencoded;charset=UTF-8', 'a=1'],
  ]);
  const denied = await load(source);
  expect(denied.get().status).toBe(500);
  expect(denied.host.logs[0]?.message).toContain('does not grant http.fetch');
});

test('an event reaches the handler of its topic, and a failure is a stable code', async () => {
  const component = await load(`
    import { createApp } from '@alga/extension-sdk';
    export default createApp()
      .on('a.created', async (event) => { await null; console.log(event.id, event.attempt, event.payload.n); })
      .on('a.broken', () => { throw new Error('canary'); });`);
  const event = {
    id: 'e1',
    topic: 'a.created',
    occurredAt: '2026-01-01T00:00:00Z',
    attempt: 2,
    payload: '{"n":3}',
  };
  component.eventHandler.handle(event);
  expect(component.host.logs.map((line) => line.message)).toEqual(['e1 2 3']);
  expect(
    thrownBy(() => {
      component.eventHandler.handle({ ...event, topic: 'a.broken' });
    }),
  ).toBe('internal');
  expect(
    thrownBy(() => {
      component.eventHandler.handle({ ...event, topic: 'a.other' });
    }),
  ).toBe('no_handler');
  expect(
    thrownBy(() => {
      component.eventHandler.handle({ ...event, payload: '{' });
    }),
  ).toBe('internal');
});

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
