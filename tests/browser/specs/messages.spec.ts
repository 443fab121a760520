// What a hostile extension must not get by messages: a voice after its end, another's voice, a broken host.
import type { Page, Route } from '@playwright/test';
import { expect, type Stage, test } from '../fixtures/test.ts';

async function openEvil(
  stage: Stage,
  name: string,
  args: Readonly<Record<string, string | number>> = {},
): Promise<number> {
  const query = new URLSearchParams(Object.entries(args).map(([key, value]) => [key, String(value)]));
  return stage.open('com.evil.app', { path: `/${name}?${query.toString()}` });
}

const details = async (stage: Stage, index: number) =>
  (await stage.record(index)).refusals.map(({ code, detail }) => `${code} ${detail}`);

/** Keeps images waiting, and with them the load events of their pages, until released. */
async function holdImages(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = [];
  await page.route('**/slow.svg', (route) => {
    held.push(route);
  });
  return async () => {
    for (const route of held) await route.abort();
  };
}

test.describe('a frame', () => {
  test('is told nothing that is secret', async ({ stage }) => {
    await openEvil(stage, 'handshake');
    const { value } = await stage.report<{ value: { type: string; payload: Record<string, unknown> } }>(
      'handshake',
    );
    expect(value.type).toBe('bootstrap');
    expect(value.payload['session']).toBeNull();
    expect(JSON.stringify(value)).not.toContain('canary');
  });

  test('cannot shake hands before its load event', async ({ stage, page }) => {
    const release = await holdImages(page);
    const index = await openEvil(stage, 'early');
    const { value } = await stage.report<{ value: { state: string; first: unknown } }>('early');
    expect(value).toEqual({ state: 'interactive', first: 'nothing' });
    expect((await stage.record(index)).states).toEqual(['loading']);
    await expect
      .poll(() => page.evaluate(() => window.harness.messages))
      .toEqual([{ frame: index, origin: 'null', type: 'ready' }]);
    await release();
  });

  test('cannot use its nonce twice', async ({ stage }) => {
    const index = await openEvil(stage, 'replay');
    const { value } = await stage.report<{ value: { second: unknown } }>('replay');
    expect(value.second).toBe('nothing');
    await expect.poll(() => details(stage, index)).toEqual(['invalid_message ready.nonce: used before']);
    await expect.poll(async () => (await stage.record(index)).toasts).toEqual(['still the first']);
  });

  test('cannot use its nonce in another document', async ({ stage, page }) => {
    const release = await holdImages(page);
    const index = await openEvil(stage, 'replayElsewhere');
    const { value } = await stage.report<{ value: { first: unknown } }>('replayed');
    expect(value.first).toBe('nothing');
    await expect.poll(() => details(stage, index)).toEqual(['invalid_message ready.nonce: used before']);
    // When that document has loaded, the host loads the extension's page anew, with another nonce.
    await release();
    await stage.reached(index, 'connected', 2);
  });

  test('cannot keep its port by giving it to another frame and leaving', async ({ stage }) => {
    const accomplice = await stage.open('com.accomplice.app', { handshakeTimeoutMs: 600_000 });
    await stage.report('accomplice');
    const index = await openEvil(stage, 'handOver', { index: accomplice });
    await stage.report('handOver');
    const helper = await stage.frame(accomplice);
    const speak = (text: string) =>
      helper.evaluate((t) => (window as unknown as { speak(text: string): boolean }).speak(t), text);

    // The port works in other hands while its document is there: that is what makes it worth keeping.
    await expect.poll(() => speak('before')).toBe(true);
    await expect.poll(async () => (await stage.record(index)).toasts).toContain('before');

    await (
      await stage.frame(index)
    ).evaluate(() => {
      (window as unknown as { leave(): void }).leave();
    });
    await stage.reached(index, 'loading', 2);
    const count = (await stage.record(index)).toasts.length;
    expect(await speak('after')).toBe(true);
    await stage.reached(index, 'connected', 2);
    const { toasts } = await stage.record(index);
    expect(toasts.slice(count)).toEqual([]);
    expect(toasts).not.toContain('after');
  });

  test('cannot speak for a sibling, even with the sibling’s nonce', async ({ stage }) => {
    // Open, loaded and waiting for its own first message: the accomplice's page never sends one.
    const victim = await stage.open('com.accomplice.app', { handshakeTimeoutMs: 600_000 });
    await stage.report('accomplice');
    const nonce = await stage.page.evaluate((i) => window.harness.nonceOf(i), victim);
    expect(nonce.length).toBeGreaterThan(16);

    const index = await openEvil(stage, 'impersonate', { nonce });
    const { value } = await stage.report<{ value: { first: unknown } }>('impersonate');
    expect(value.first).toBe('nothing');
    const messages = await stage.page.evaluate(() => window.harness.messages);
    expect(messages).toEqual([{ frame: index, origin: 'null', type: 'ready' }]);
    expect((await stage.record(victim)).states).toEqual(['loading']);
    expect((await stage.record(victim)).toasts).toEqual([]);
    await expect.poll(() => details(stage, index)).toEqual(['invalid_message ready.nonce: of this load']);
  });

  test('cannot read, move or impersonate the host of the frame beside it', async ({ stage }) => {
    const { foreign } = stage.servers;
    const victim = await stage.open('com.good.app', { initialPath: '/mine' });
    await stage.reached(victim, 'connected');
    await openEvil(stage, 'sibling', { index: victim, to: foreign.origin });
    const { value } = await stage.report<{ value: Record<string, unknown> }>('sibling');
    expect(value).toEqual({
      found: { value: 2 },
      document: { error: 'SecurityError' },
      url: { error: 'SecurityError' },
      move: { error: 'SecurityError' },
      script: { error: 'SecurityError' },
      bootstrap: { value: 'posted' },
    });
    await expect((await stage.frame(victim)).locator('#path')).toHaveText('/mine');
    expect((await stage.record(victim)).states).toEqual(['loading', 'connected']);
    expect(foreign.requests).toEqual([]);
  });

  test('cannot send 10 MB, and the host goes on', async ({ stage }) => {
    const index = await openEvil(stage, 'tooLarge');
    const { value } = await stage.report<{ value: unknown }>('tooLarge');
    expect(value).toEqual({ length: 10 * 1024 * 1024, reply: 'message_too_large' });
    await expect.poll(() => details(stage, index)).toHaveLength(2);
    expect(await details(stage, index)).toEqual([
      'message_too_large message: too large',
      'message_too_large message: too large',
    ]);
    expect((await stage.record(index)).toasts).toEqual([]);
    const good = await stage.open('com.good.app');
    await stage.reached(good, 'connected');
  });

  test('cannot change what all objects of the host inherit', async ({ stage }) => {
    const index = await openEvil(stage, 'pollution');
    const { value } = await stage.report<{ value: { own: boolean; codes: unknown[] } }>('pollution');
    expect(value.own).toBe(true);
    expect(value.codes).toEqual(Array.from({ length: 5 }, () => 'invalid_message'));
    await expect.poll(() => details(stage, index)).toHaveLength(6);
    expect(
      await stage.page.evaluate(() => [
        ({} as { polluted?: unknown }).polluted ?? 'clean',
        Object.keys(Object.prototype).length,
        Object.getOwnPropertyNames(Object.prototype).includes('polluted'),
      ]),
    ).toEqual(['clean', 0, false]);
    expect((await stage.record(index)).toasts).toEqual([]);
  });

  test('cannot call anything but its own endpoints with the user’s rights', async ({ stage }) => {
    await openEvil(stage, 'routes');
    const { value } = await stage.report<{ value: unknown[] }>('routes');
    expect(value.slice(0, 3)).toEqual(['invalid_message', 'invalid_message', 'invalid_message']);
    expect(JSON.stringify(value)).not.toContain('canary');
    const { calls } = stage.servers.host;
    expect(calls.map(({ url }) => url)).toEqual(['/api/ext/com.evil.app/a']);
    expect(calls[0]?.headers).toMatchObject({
      authorization: 'Bearer user-token-canary',
      'x-ext-mode': 'ok',
    });
    expect(calls[0]?.headers.cookie).not.toBe('a=b');
  });

  for (const by of ['port', 'window']) {
    test(`is taken down when it floods the host (by its ${by})`, async ({ stage }) => {
      const good = await stage.open('com.good.app');
      await stage.reached(good, 'connected');
      const index = await openEvil(stage, 'flood', { by });
      await stage.reached(index, 'failed:flood');
      // The element is a new one: its frame gets its address a moment after the state is told.
      await expect.poll(async () => (await stage.frame(index)).url()).toBe('about:blank');
      await (await stage.frame(good)).click('#toast');
      await expect.poll(async () => (await stage.record(good)).toasts).toEqual(['Saved']);
    });
  }

  test('is taken down when it reloads without end', async ({ stage }) => {
    const index = await openEvil(stage, 'reloadForever');
    await stage.reached(index, 'failed:too_many_reloads');
    expect((await stage.record(index)).states.filter((state) => state === 'loading').length).toBeGreaterThan(
      3,
    );
  });
});

test.describe('a foreign page', () => {
  test('cannot frame an extension', async ({ stage, page }) => {
    const { foreign, ui, host } = stage.servers;
    const src = `${ui.origin}/ext-ui/com.evil.app/${ui.hashOf('com.evil.app')}/ui/index.html?path=/idle`;
    await page.goto(`${foreign.origin}/?frame=${encodeURIComponent(src)}`);
    await expect
      .poll(() => page.frames().map((frame) => frame.url()))
      .toContain('chrome-error://chromewebdata/');

    // The same URL in the host's page runs, and says so.
    await page.goto(`${host.origin}/`);
    await openEvil(stage, 'idle');
    expect(await stage.report('idle')).toEqual({ loaded: true });
  });

  test('cannot frame a page that is not there either', async ({ stage }) => {
    const { ui, host } = stage.servers;
    const answer = await stage.page.request.get(`${ui.origin}/ext-ui/com.evil.app/sha256:00/nothing.js`);
    expect(answer.status()).toBe(404);
    expect(answer.headers()['content-security-policy']).toMatch(
      new RegExp(`frame-ancestors [^;]*${host.origin}( |$)`),
    );
    expect(answer.headers()['content-security-policy']).toContain('sandbox allow-scripts;');
  });

  test('that is opened by itself finds no host', async ({ stage, page }) => {
    const { ui } = stage.servers;
    const failed = page.waitForEvent('pageerror');
    await page.goto(`${ui.origin}/ext-ui/com.good.app/${ui.hashOf('com.good.app')}/ui/index.html`);
    expect((await failed).message).toContain('not in a frame of a host');
  });
});

test.describe('a careless host page', () => {
  test('cannot load an extension from its own origin', async ({ stage }) => {
    const { host, ui } = stage.servers;
    await expect(stage.open('com.evil.app', { runner: host.origin })).rejects.toThrow(
      'an origin of their own',
    );
    await stage.open('com.evil.app', { runner: ui.origin });
  });

  test('cannot loosen the frame by attributes that it has set before', async ({ stage, page }) => {
    await stage.open('com.evil.app', { path: '/idle', loose: true });
    await stage.report('idle');
    const iframe = page.locator('iframe');
    await expect(iframe).toHaveAttribute('sandbox', 'allow-scripts');
    await expect(iframe).toHaveAttribute('allow', '');
    expect(await (await stage.frame(0)).evaluate(() => self.origin)).toBe('null');
  });
});
