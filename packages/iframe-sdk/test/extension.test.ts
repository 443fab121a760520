import { describe, expect, it, vi } from 'vitest';
import { createAuth } from '../src/auth.ts';
import { Channel } from '../src/channel.ts';
import { shakeHands } from '../src/handshake.ts';
import { openExtension } from './support.ts';

describe('the connection', () => {
  it('knows context, place, theme and permissions from its start', () => {
    const { extension } = openExtension();
    expect(extension.context).toEqual({ extensionId: 'com.acme.reports', installId: 'i1', locale: 'de-AT' });
    expect(extension.navigation.path).toBe('/start');
    expect(extension.theme.current).toEqual({ tokens: { '--alga-primary': 'red' }, colorScheme: 'light' });
    expect(extension.permissions).toEqual(['api']);
  });

  it('follows the host’s theme and place', async () => {
    const { extension, host } = openExtension();
    const themed = new Promise<void>((resolve) => extension.theme.subscribe(resolve));
    const moved = new Promise<void>((resolve) => extension.navigation.subscribe(resolve));
    host.send('theme', { theme_tokens: {}, color_scheme: 'dark' });
    host.send('navigate', { path: '/b' });
    await Promise.all([themed, moved]);
    expect(extension.theme.current.colorScheme).toBe('dark');
    expect(extension.navigation.path).toBe('/b');
  });

  it('tells the host of a new place once, and not of what the host said itself', async () => {
    const { extension, host } = openExtension();
    extension.navigation.navigate('/c');
    extension.navigation.navigate('/c');
    extension.toast('Saved', 'success');
    expect(await host.next()).toMatchObject({ type: 'navigate', payload: { path: '/c' } });
    expect(await host.next()).toMatchObject({
      type: 'toast',
      payload: { kind: 'success', message: 'Saved' },
    });
    expect(() => {
      extension.navigation.navigate('https://evil.example');
    }).toThrow(TypeError);
  });

  it('asks the user through the host', async () => {
    const { extension, host } = openExtension();
    const confirmed = extension.confirm({
      title: 'Delete?',
      message: 'Gone.',
      confirmLabel: 'Delete',
      danger: true,
    });
    const asked = await host.next();
    expect(asked.payload).toEqual({
      title: 'Delete?',
      message: 'Gone.',
      confirm_label: 'Delete',
      danger: true,
    });
    host.send('confirm_response', { confirmed: true }, asked.request_id);
    expect(await confirmed).toBe(true);
  });

  it('ignores answers of a wrong type or to nothing, and messages that do not fit', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { extension, host } = openExtension();
    const confirmed = extension.confirm({ title: 'a', message: 'b' });
    const { request_id } = await host.next();
    host.send('token_response', { token: 'x', expires_at: 1 }, request_id);
    host.send('confirm_response', { confirmed: true }, 'r99');
    host.send('confirm_response', { confirmed: 'yes' }, request_id);
    host.post(JSON.parse('{"__proto__":{"polluted":1}}'));
    host.send('confirm_response', { confirmed: false }, request_id);
    expect(await confirmed).toBe(false);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(error).toHaveBeenCalledTimes(2);
    error.mockRestore();
  });

  it('ends all that waits when the host ends it', async () => {
    const { extension, host } = openExtension();
    const waiting = extension.api.fetch('/a');
    await host.next();
    host.send('error', { code: 'closed', message: 'Over.' });
    await expect(waiting).rejects.toMatchObject({ code: 'closed' });
    await expect(extension.confirm({ title: 'a', message: 'b' })).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('tokens', () => {
  it('are asked for once, and again only when their end is near', async () => {
    const { port1, port2 } = new MessageChannel();
    const asked = vi.fn();
    port2.onmessage = ({ data }: MessageEvent<{ request_id: string }>) => {
      asked();
      const payload = { token: `t${asked.mock.calls.length}`, expires_at: 1000 * asked.mock.calls.length };
      port2.postMessage({
        alga: true,
        version: '2',
        type: 'token_response',
        request_id: data.request_id,
        payload,
      });
    };
    let now = 0;
    const auth = createAuth(new Channel(port1, '2'), null, () => now);
    expect(await Promise.all([auth.getToken(), auth.getToken()])).toEqual(['t1', 't1']);
    now = 969_000;
    expect(await auth.getToken()).toBe('t1');
    now = 970_000;
    expect(await auth.getToken()).toBe('t2');
    expect(asked).toHaveBeenCalledTimes(2);
    port1.close();
  });
});

describe('the handshake', () => {
  const NONCE = 'abcdefghijklmnopqrstuv';
  const BOOTSTRAP = {
    alga: true,
    version: '2',
    type: 'bootstrap',
    payload: {
      session: null,
      theme_tokens: {},
      color_scheme: 'dark',
      navigation: { path: '/' },
      context: { extension_id: 'a', locale: 'en' },
      permissions: [],
    },
  };

  it('sends the nonce and one end of a channel, and waits for bootstrap', async () => {
    const connected = shakeHands(
      NONCE,
      (message, port) => {
        expect(message).toEqual({
          alga: true,
          version: '2',
          type: 'ready',
          payload: { nonce: NONCE, versions: ['2'] },
        });
        port.postMessage({ alga: true, version: '2', type: 'theme', payload: {} });
        port.postMessage(BOOTSTRAP);
      },
      60_000,
    );
    const { port, bootstrap } = await connected;
    expect(bootstrap.payload.color_scheme).toBe('dark');
    port.close();
  });

  it('tries again with another channel while the host has not seen the page load', async () => {
    const ports: MessagePort[] = [];
    const connected = shakeHands(
      NONCE,
      (_, port) => {
        ports.push(port);
        if (ports.length === 3) port.postMessage(BOOTSTRAP);
      },
      60_000,
    );
    (await connected).port.close();
    expect(new Set(ports).size).toBe(3);
  });

  it('fails when the host refuses, or does not answer', async () => {
    await expect(
      shakeHands(
        NONCE,
        (_, port) => {
          const payload = { code: 'version_unsupported', message: 'No.' };
          port.postMessage({ alga: true, version: '2', type: 'error', payload });
        },
        60_000,
      ),
    ).rejects.toMatchObject({ code: 'version_unsupported' });
    await expect(shakeHands(NONCE, () => undefined, 1)).rejects.toMatchObject({ code: 'timeout' });
  });
});
