// An extension that uses the SDK, in a host page that uses the bridge.
import { expect, type Stage, test } from '../fixtures/test.ts';

async function openGood(stage: Stage, over: Parameters<Stage['open']>[1] = {}) {
  const index = await stage.open('com.good.app', over);
  await stage.reached(index, 'connected');
  const frame = await stage.frame(index);
  await expect(frame.locator('#result')).toHaveText('ready');
  return { index, frame };
}

test.describe('an extension', () => {
  test('starts at the place of the deep link, with its context and the theme', async ({ stage }) => {
    const { frame } = await openGood(stage, { initialPath: '/agreements/7?tab=notes' });
    await expect(frame.locator('#path')).toHaveText('/agreements/7?tab=notes');
    await expect(frame.locator('#context')).toHaveText('com.good.app Ada en');
    await expect(frame.locator('#scheme')).toHaveText('light');
    await expect(frame.locator('#path')).toHaveCSS('color', 'rgb(10, 20, 30)');
    // The nonce is out of the way of routers.
    await expect(frame.locator('#url')).toHaveText(/index\.html$/);
  });

  test('follows the host’s theme', async ({ stage, page }) => {
    const { index, frame } = await openGood(stage);
    await page.evaluate((i) => {
      window.harness.handles[i]?.setTheme({
        tokens: { '--alga-primary': 'rgb(200, 0, 0)' },
        colorScheme: 'dark',
      });
    }, index);
    await expect(frame.locator('#scheme')).toHaveText('dark');
    await expect(frame.locator('#path')).toHaveCSS('color', 'rgb(200, 0, 0)');
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(frame.locator('html')).toHaveCSS('color-scheme', 'dark');
  });

  test('calls its endpoints through the host', async ({ stage }) => {
    const { frame } = await openGood(stage);
    await frame.click('#fetch');
    await expect(frame.locator('#result')).toHaveText(
      '200 {"content-type":"application/json","x-request-id":"req-7"} ' +
        '{"method":"POST","url":"/api/ext/com.good.app/agreements?x=1","bytes":5}',
    );
    expect(stage.servers.host.calls[0]?.headers.authorization).toBe('Bearer user-token-canary');
  });

  test('uploads 5 MB and hears how far it is', async ({ stage }) => {
    const { frame } = await openGood(stage);
    await frame.click('#upload');
    await expect(frame.locator('#result')).toHaveText(/"bytes":5000000\} progress to 5000000$/);
  });

  test('shows notices, asks questions and is told no', async ({ stage }) => {
    const { index, frame } = await openGood(stage);
    await frame.click('#toast');
    await expect.poll(async () => (await stage.record(index)).toasts).toEqual(['Saved']);
    await frame.click('#yes');
    await expect(frame.locator('#result')).toHaveText('confirmed: true');
    await frame.click('#no');
    await expect(frame.locator('#result')).toHaveText('confirmed: false');
    await frame.click('#token');
    await expect(frame.locator('#result')).toHaveText('refused: permission_denied');
  });

  test('moves, and is moved by the host', async ({ stage, page }) => {
    const { index, frame } = await openGood(stage);
    await frame.click('#navigate');
    await expect.poll(async () => (await stage.record(index)).places).toEqual(['/agreements/8']);
    await page.evaluate((i) => {
      window.harness.handles[i]?.navigate('/agreements');
    }, index);
    await expect(frame.locator('#path')).toHaveText('/agreements');
    expect((await stage.record(index)).places).toEqual(['/agreements/8']);
  });

  test('is as high as its content', async ({ stage, page }) => {
    const { frame } = await openGood(stage);
    await frame.click('#grow');
    await expect(page.locator('iframe')).toHaveCSS('height', '1234px');
  });

  test('connects again after a reload, at the place where it was', async ({ stage }) => {
    const { index, frame } = await openGood(stage);
    await frame.click('#navigate');
    await expect.poll(async () => (await stage.record(index)).places).toEqual(['/agreements/8']);
    await frame.click('#reload');
    await stage.reached(index, 'connected', 2);
    const again = await stage.frame(index);
    await expect(again.locator('#result')).toHaveText('ready');
    await expect(again.locator('#path')).toHaveText('/agreements/8');
    await again.click('#toast');
    await expect.poll(async () => (await stage.record(index)).toasts).toEqual(['Saved']);
  });

  test('is gone when the host disposes of it', async ({ stage, page }) => {
    const { index } = await openGood(stage);
    await page.evaluate((i) => {
      window.harness.handles[i]?.dispose();
    }, index);
    // The element is a new one: its frame gets its address a moment later.
    await expect.poll(async () => (await stage.frame(index)).url()).toBe('about:blank');
    expect((await stage.record(index)).states).toEqual(['loading', 'connected', 'disposed']);
  });

  test('that never connects is given up, and can be tried again', async ({ stage, page }) => {
    const index = await stage.open('com.accomplice.app', { handshakeTimeoutMs: 300 });
    await stage.reached(index, 'failed:handshake_timeout');
    await page.evaluate((i) => {
      window.harness.handles[i]?.reload();
    }, index);
    await stage.reached(index, 'failed:handshake_timeout', 2);
  });

  test('can be written with React hooks, which follow the host', async ({ stage, page }) => {
    const index = await stage.open('com.react.app', { initialPath: '/a' });
    await stage.reached(index, 'connected');
    const frame = await stage.frame(index);
    await expect(frame.locator('#all')).toHaveText('com.react.app /a light ready');
    await page.evaluate((i) => {
      window.harness.handles[i]?.setTheme({ tokens: {}, colorScheme: 'dark' });
    }, index);
    await expect(frame.locator('#all')).toHaveText('com.react.app /a dark ready');
    await frame.click('#navigate');
    await expect(frame.locator('#all')).toHaveText('com.react.app /b dark ready');
    await frame.click('#fetch');
    await expect(frame.locator('#all')).toHaveText('com.react.app /b dark 200');
    expect((await stage.record(index)).places).toEqual(['/b']);
  });

  test('on React shows why it has no host when it is opened by itself', async ({ stage, page }) => {
    const { ui } = stage.servers;
    await page.goto(`${ui.origin}/ext-ui/com.react.app/${ui.hashOf('com.react.app')}/ui/index.html`);
    await expect(page.locator('#all')).toContainText('not in a frame of a host');
  });
});
