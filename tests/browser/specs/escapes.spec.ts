// What a hostile extension must not get. Each test has the attack's own word that it ran; where the browser is what
// stops it, the same code also runs where nothing does, and succeeds.
import type { Page } from '@playwright/test';
import type { Outcome } from '../pages/attack.ts';
import { expect, type Stage, test } from '../fixtures/test.ts';

type Outcomes = Readonly<Record<string, Outcome>>;

function attackPath(name: string, args: Readonly<Record<string, string | number>> = {}): string {
  const query = new URLSearchParams(Object.entries(args).map(([key, value]) => [key, String(value)]));
  return `/${name}?${query.toString()}`;
}

async function runAttack<T = Outcomes>(
  stage: Stage,
  name: string,
  args: Readonly<Record<string, string | number>> = {},
): Promise<T> {
  await stage.open('com.evil.app', { path: attackPath(name, args) });
  const { value } = await stage.report<{ value: T }>(name);
  return value;
}

/** Starts the attack where nothing stops it: in a frame of the host's own origin, without a sandbox and policies. */
async function runUnprotected(
  stage: Stage,
  name: string,
  args: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const { page, servers } = stage;
  servers.host.serve({
    '/evil.html': '<!doctype html><button id="go">go</button><script type="module" src="evil.js"></script>',
    '/evil.js': servers.extensions['com.evil.app']?.['ui/main.js'] ?? '',
    '/style.css': '',
  });
  await page.goto(`${servers.host.origin}/bare`);
  await page.evaluate(
    (src) => {
      const iframe = document.createElement('iframe');
      iframe.src = src;
      document.body.append(iframe);
    },
    `/evil.html?path=${encodeURIComponent(attackPath(name, args))}`,
  );
  await stage.report(`start ${name}`);
}

const errors = (outcomes: Outcomes) =>
  Object.fromEntries(
    Object.entries(outcomes).map(([step, outcome]) => [
      step,
      'error' in outcome ? outcome.error : outcome.value,
    ]),
  );

const isUntouched = async (page: Page, origin: string) => {
  expect(page.url()).toBe(`${origin}/`);
  expect(await page.title()).toBe('host');
  expect(await page.locator('iframe').count()).toBeGreaterThan(0);
};

test.describe('the host’s page', () => {
  test('cannot be read or written by a frame', async ({ stage }) => {
    await stage.page.evaluate(() => {
      localStorage.setItem('host', 'canary');
    });
    const outcomes = errors(await runAttack(stage, 'parentDom'));
    expect(outcomes).toEqual({
      title: 'SecurityError',
      write: 'SecurityError',
      script: 'SecurityError',
      harness: 'SecurityError',
      url: 'SecurityError',
      frameElement: 'nothing',
      storage: 'SecurityError',
    });
    await isUntouched(stage.page, stage.servers.host.origin);
  });

  test('can be read by the same code where nothing stops it', async ({ stage }) => {
    await stage.page.evaluate(() => {
      localStorage.setItem('host', 'canary');
    });
    await runUnprotected(stage, 'parentDom');
    expect(await stage.report('step title')).toEqual({ value: 'host' });
    expect(await stage.report('step frameElement')).toEqual({ value: 'IFRAME' });
    expect(await stage.report('step storage')).toEqual({ value: 'canary' });
    await expect(stage.page.locator('body')).toHaveText('pwned');
  });

  test('keeps its cookies and storage to itself', async ({ stage }) => {
    await stage.page.evaluate(() => {
      localStorage.setItem('host', 'canary');
    });
    expect(await stage.page.evaluate(() => document.cookie)).toContain('host_session');
    const outcomes = errors(await runAttack(stage, 'storage'));
    expect(outcomes).toEqual({
      cookie: 'SecurityError',
      setCookie: 'SecurityError',
      localStorage: 'SecurityError',
      sessionStorage: 'SecurityError',
      indexedDB: expect.stringMatching(/SecurityError|Error|UnknownError|InvalidStateError/),
      caches: expect.stringMatching(/SecurityError|TypeError/),
      serviceWorker: expect.stringMatching(/SecurityError|InvalidStateError|TypeError/),
    });
    expect(await stage.page.evaluate(() => document.cookie)).not.toContain('evil');
  });

  test('loses them to the same code where nothing stops it', async ({ stage }) => {
    await stage.page.evaluate(() => {
      localStorage.setItem('host', 'canary');
    });
    await runUnprotected(stage, 'storage');
    const outcomes = errors((await stage.report<{ value: Outcomes }>('storage')).value);
    expect(outcomes).toMatchObject({ localStorage: 'canary', indexedDB: 'opened', sessionStorage: 0 });
    expect(outcomes['cookie']).toContain('host_session=canary');
    expect(outcomes['setCookie']).toContain('evil=1');
  });
});

test.describe('the tab', () => {
  test('stays where it is', async ({ stage }) => {
    const { foreign, host } = stage.servers;
    const outcomes = await runAttack(stage, 'topNavigation', { to: foreign.origin });
    expect(Object.keys(outcomes)).toEqual(['assign', 'href', 'replace', 'link', 'form', 'open']);
    expect(errors(outcomes)).toMatchObject({
      assign: 'SecurityError',
      href: 'SecurityError',
      replace: 'SecurityError',
      open: true,
    });
    await isUntouched(stage.page, host.origin);
    expect(foreign.requests).toEqual([]);
  });

  test('is taken away by the same code where nothing stops it', async ({ stage }) => {
    const { foreign } = stage.servers;
    await runUnprotected(stage, 'topNavigation', { to: foreign.origin });
    await expect.poll(() => stage.page.url()).toContain(foreign.origin);
  });

  test('gets no windows and dialogs of a frame', async ({ stage, context }) => {
    const { foreign, host } = stage.servers;
    let dialogs = 0;
    stage.page.on('dialog', (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    const outcomes = errors(await runAttack(stage, 'popups', { to: foreign.origin }));
    expect(outcomes).toMatchObject({
      open: true,
      named: true,
      link: 'clicked',
      form: 'submitted',
      confirm: false,
    });
    expect(context.pages()).toHaveLength(1);
    expect(dialogs).toBe(0);
    expect(foreign.requests).toEqual([]);
    await isUntouched(stage.page, host.origin);
  });

  test('gets them from the same code where nothing stops it', async ({ stage, context }) => {
    const { foreign } = stage.servers;
    let dialogs = 0;
    stage.page.on('dialog', (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    await runUnprotected(stage, 'popups', { to: foreign.origin });
    await stage.report('popups');
    await expect.poll(() => dialogs).toBeGreaterThan(0);
    await expect.poll(() => context.pages().length).toBeGreaterThan(1);
  });

  test('stays where it is also when the user clicks in the frame', async ({ stage, context }) => {
    const { foreign, host } = stage.servers;
    await runAttack(stage, 'clicked', { to: foreign.origin });
    await (await stage.frame(0)).click('#go');
    const { active, outcomes } = await stage.report<{ active: boolean; outcomes: Outcomes }>('afterClick');
    expect(active).toBe(true);
    expect(errors(outcomes)).toMatchObject({
      popup: true,
      top: 'SecurityError',
      fullscreen: 'TypeError',
      clipboard: 'NotAllowedError',
    });
    expect(context.pages()).toHaveLength(1);
    expect(foreign.requests).toEqual([]);
    await isUntouched(stage.page, host.origin);
  });
});

test.describe('the network', () => {
  test('cannot be reached from a frame', async ({ stage }) => {
    const { foreign, host } = stage.servers;
    const outcomes = errors(await runAttack(stage, 'requests', { to: foreign.origin }));
    expect(Object.keys(outcomes)).toHaveLength(28);
    expect(outcomes).toMatchObject({
      fetch: 'TypeError',
      noCors: 'TypeError',
      ownOrigin: 'TypeError',
      xhr: 'Error',
      inline: 'Error',
      eval: 'EvalError',
    });
    await stage.page.waitForTimeout(500);
    expect(foreign.requests).toEqual([]);
    await isUntouched(stage.page, host.origin);
  });

  test('is reached by the same code where nothing stops it', async ({ stage }) => {
    const { foreign } = stage.servers;
    await runUnprotected(stage, 'requests', { to: foreign.origin });
    const ways = [
      'fetch',
      'no-cors',
      'keepalive',
      'xhr',
      'beacon',
      'websocket',
      'event-source',
      'image',
      'script',
    ];
    ways.push('module.js', 'style', 'prefetch', 'preload', 'video', 'css', 'font', 'ping', 'worker', 'form');
    const missing = () =>
      ways.filter((way) => !foreign.requests.some((request) => request.endsWith(`/${way}`)));
    await expect.poll(missing).toEqual([]);
  });

  // Two things stop a frame that goes there itself; each does without the other.
  for (const [by, path, knowsAllowlist] of [
    ['the host’s frame-src', '/', false],
    ['Connection-Allowlist', '/bare', true],
  ] as const) {
    test(`is not reached by a frame that goes there itself, because of ${by}`, async ({ stage }) => {
      const { foreign, host, ui, uiWithoutAllowlist } = stage.servers;
      const runner = (knowsAllowlist ? ui : uiWithoutAllowlist).origin;
      await stage.page.goto(host.origin + path);
      // Heard, not looked for: the host may load the extension's page again at once.
      const shown: string[] = [];
      stage.page.on('framenavigated', (frame) => shown.push(frame.url()));
      await stage.open('com.evil.app', { runner, path: attackPath('leave', { to: foreign.origin }) });
      await stage.report('start leave');
      // The browser shows a page of its own instead.
      await expect.poll(() => shown).toContain('chrome-error://chromewebdata/');
      expect(foreign.requests).toEqual([]);
    });

    test(`is not reached by markup that goes there, because of ${by}; the frame is given up`, async ({
      stage,
    }) => {
      const { foreign, host, ui, uiWithoutAllowlist } = stage.servers;
      const runner = (knowsAllowlist ? ui : uiWithoutAllowlist).origin;
      await stage.page.goto(host.origin + path);
      const index = await stage.open('com.evil.app', {
        runner,
        path: attackPath('refresh', { to: foreign.origin }),
      });
      await stage.reached(index, 'failed:too_many_reloads');
      expect(foreign.requests).toEqual([]);
    });
  }

  for (const name of ['leave', 'refresh']) {
    test(`is reached that way where neither is there (${name})`, async ({ stage }) => {
      const { foreign, host, uiWithoutAllowlist } = stage.servers;
      await stage.page.goto(`${host.origin}/bare`);
      const runner = uiWithoutAllowlist.origin;
      await stage.open('com.evil.app', { runner, path: attackPath(name, { to: foreign.origin }) });
      await expect.poll(() => foreign.requests).toContain(`GET /${name}`);
    });
  }

  test('is not reached by WebRTC', async ({ stage }) => {
    const { foreign } = stage.servers;
    expect(await runAttack<unknown>(stage, 'webrtc', { udp: foreign.udpPort })).toBe('gathering');
    // Where nothing stops it the first packet comes at once.
    await stage.page.waitForTimeout(2000);
    expect(foreign.requests).toEqual([]);
  });

  test('is reached by WebRTC where nothing stops it', async ({ stage }) => {
    const { foreign } = stage.servers;
    await runUnprotected(stage, 'webrtc', { udp: foreign.udpPort });
    await expect.poll(() => foreign.requests).toContain('udp');
  });
});
