import { describe, expect, it, vi } from 'vitest';
import type { Refusal, SessionOptions } from '../src/options.ts';
import { openSession, StillClock, THEME } from './support.ts';

describe('a session', () => {
  it('starts with bootstrap: theme, place, context and permissions, and no token unless one is given', async () => {
    const frame = openSession({
      permissions: ['toast'],
      context: { locale: 'de-AT', installId: 'i1', tenantId: 't1', user: { id: 'u1', name: 'Ada' } },
      requestId: 'req-1',
    });
    expect(await frame.next()).toEqual({
      alga: true,
      version: '2',
      type: 'bootstrap',
      request_id: 'req-1',
      payload: {
        session: null,
        theme_tokens: { '--alga-primary': 'red' },
        color_scheme: 'light',
        navigation: { path: '/start' },
        context: {
          extension_id: 'com.acme.reports',
          install_id: 'i1',
          tenant_id: 't1',
          user: { id: 'u1', name: 'Ada' },
          locale: 'de-AT',
        },
        permissions: ['toast'],
      },
    });
  });

  it('hands heights, places and notices on', async () => {
    const onNavigate = vi.fn();
    const onToast = vi.fn();
    const frame = openSession({ onNavigate, onToast });
    frame.send('resize', { height: 320 });
    frame.send('navigate', { path: '/agreements/7' });
    frame.send('toast', { kind: 'success', message: 'Saved' });
    await frame.settled();
    expect(frame.seen.heights).toEqual([320]);
    expect(onNavigate).toHaveBeenCalledExactlyOnceWith('/agreements/7');
    expect(onToast).toHaveBeenCalledExactlyOnceWith({ kind: 'success', message: 'Saved' });
  });

  it('tells the frame of a new theme and of a new place', async () => {
    const frame = openSession();
    await frame.next();
    frame.session.setTheme({ tokens: {}, colorScheme: 'dark' });
    frame.session.navigate('/b');
    expect(await frame.next()).toMatchObject({ type: 'theme', payload: { color_scheme: 'dark' } });
    expect(await frame.next()).toMatchObject({ type: 'navigate', payload: { path: '/b' } });
  });

  it('answers a question with what the user said', async () => {
    const confirm = vi.fn(() => Promise.resolve(true));
    const frame = openSession({ confirm });
    await frame.next();
    frame.send('confirm', { title: 'Delete?', message: 'It is gone then.' }, 'r1');
    expect(await frame.next()).toMatchObject({
      type: 'confirm_response',
      request_id: 'r1',
      payload: { confirmed: true },
    });
  });

  it('gives a token that the host has issued, and only its two fields', async () => {
    const issued = { token: 'install.token', expires_at: 99, user_token: 'canary' };
    const frame = openSession({ issueToken: () => Promise.resolve(issued) });
    await frame.next();
    frame.send('token', {}, 'r1');
    expect(await frame.next()).toMatchObject({
      type: 'token_response',
      payload: { token: 'install.token', expires_at: 99 },
    });
    expect(JSON.stringify(issued)).toContain('canary');
  });

  it('says that there is no token, and not why', async () => {
    const onFault = vi.fn();
    const frame = openSession({ onFault, issueToken: () => Promise.reject(new Error('canary')) });
    await frame.next();
    frame.send('token', {}, 'r1');
    const answer = await frame.next();
    expect(answer).toMatchObject({ type: 'error', payload: { code: 'token_unavailable' } });
    expect(JSON.stringify(answer)).not.toContain('canary');
    expect(onFault).toHaveBeenCalledOnce();
  });
});

describe('permissions', () => {
  const handlers: Partial<SessionOptions> = {
    api: { baseUrl: 'https://host.example/api/ext/com.acme.reports' },
    onNavigate: () => undefined,
    onToast: () => undefined,
    confirm: () => Promise.resolve(true),
    issueToken: () => Promise.resolve({ token: 't', expires_at: 1 }),
  };
  const requests = [
    ['api', 'apiproxy', { route: '/a' }, 'r1'],
    ['api', 'apiproxy_body', { data: 'AAAA' }, 'r1'],
    ['api', 'apiproxy_cancel', {}, 'r1'],
    ['navigate', 'navigate', { path: '/a' }, undefined],
    ['toast', 'toast', { kind: 'info', message: 'a' }, undefined],
    ['confirm', 'confirm', { title: 'a', message: 'b' }, 'r1'],
    ['token', 'token', {}, 'r1'],
  ] as const;

  it.each(requests)('without %s refuse %s', async (permission, type, payload, requestId) => {
    const others = requests.map(([other]) => other).filter((other) => other !== permission);
    const frame = openSession({ ...handlers, permissions: others });
    await frame.next();
    frame.send(type, payload, requestId);
    expect(await frame.next()).toMatchObject({ type: 'error', payload: { code: 'permission_denied' } });
  });

  it.each(requests)('with %s but no handler refuse %s', async (permission, type, payload, requestId) => {
    const frame = openSession({ permissions: [permission] });
    await frame.next();
    frame.send(type, payload, requestId);
    expect(await frame.next()).toMatchObject({ type: 'error', payload: { code: 'permission_denied' } });
  });
});

describe('a hostile frame', () => {
  it('is told nothing but a code for a message that does not fit, and the host hears of it', async () => {
    const refusals: Refusal[] = [];
    const frame = openSession({ onRefused: (refusal) => refusals.push(refusal) });
    await frame.next();
    frame.send('resize', { height: 'canary' });
    const answer = await frame.next();
    expect(answer).toMatchObject({ type: 'error', payload: { code: 'invalid_message' } });
    expect(refusals).toHaveLength(1);
    expect(JSON.stringify([answer, refusals])).not.toContain('canary');
    expect(frame.seen.heights).toEqual([]);
  });

  it('cannot send 10 MB', async () => {
    const onToast = vi.fn();
    const frame = openSession({ onToast });
    await frame.next();
    frame.send('toast', { kind: 'info', message: 'x'.repeat(10 * 1024 * 1024) });
    expect(await frame.next()).toMatchObject({ type: 'error', payload: { code: 'message_too_large' } });
    expect(onToast).not.toHaveBeenCalled();
  });

  it('cannot hand a port of its own to the host', async () => {
    const frame = openSession();
    await frame.next();
    const { port2 } = new MessageChannel();
    frame.port.postMessage({ alga: true, version: '2', type: 'resize', payload: { height: 1 } }, [port2]);
    expect(await frame.next()).toMatchObject({ type: 'error', payload: { message: 'message: no ports' } });
    expect(frame.seen.heights).toEqual([]);
  });

  it('cannot shake hands a second time through its port', async () => {
    const frame = openSession();
    await frame.next();
    frame.send('ready', { nonce: 'abcdefghijklmnopqrst', versions: ['2'] });
    expect(await frame.next()).toMatchObject({ type: 'error', payload: { code: 'invalid_message' } });
  });

  it('gets as many notices as the rate allows, and more when time has passed', async () => {
    const onToast = vi.fn();
    const clock = new StillClock();
    const frame = openSession({ onToast }, clock);
    for (let count = 0; count < 9; count += 1) frame.send('toast', { kind: 'info', message: 'a' });
    await frame.settled();
    expect(onToast).toHaveBeenCalledTimes(5);
    clock.ms += 2000;
    frame.send('toast', { kind: 'info', message: 'b' });
    frame.send('toast', { kind: 'info', message: 'c' });
    await frame.settled();
    expect(onToast).toHaveBeenCalledTimes(6);
  });

  it('opens one dialog at a time', async () => {
    let answer: (confirmed: boolean) => void = () => undefined;
    const confirm = vi.fn(() => new Promise<boolean>((resolve) => (answer = resolve)));
    const frame = openSession({ confirm });
    await frame.next();
    frame.send('confirm', { title: 'a', message: 'b' }, 'r1');
    frame.send('confirm', { title: 'a', message: 'b' }, 'r2');
    expect(await frame.next()).toMatchObject({ request_id: 'r2', payload: { code: 'rate_limited' } });
    expect(confirm).toHaveBeenCalledOnce();
    answer(false);
    expect(await frame.next()).toMatchObject({ request_id: 'r1', payload: { confirmed: false } });
    frame.send('confirm', { title: 'a', message: 'b' }, 'r3');
    await vi.waitFor(() => {
      expect(confirm).toHaveBeenCalledTimes(2);
    });
  });

  it('is cut off when it floods, and its port is dead from then on', async () => {
    const frame = openSession();
    await frame.next();
    for (let count = 0; count < 600; count += 1) frame.send('resize', { height: 1 });
    let last = await frame.next();
    while (last.payload['code'] !== 'closed') last = await frame.next();
    expect(frame.seen.floods).toBe(1);
    const before = frame.seen.heights.length;
    expect(before).toBeLessThanOrEqual(60);
    frame.clock.ms += 3_600_000;
    frame.send('resize', { height: 2 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(frame.seen.heights).toHaveLength(before);
  });

  it('cannot turn a fault of a handler into the end of the session', async () => {
    const onFault = vi.fn();
    const frame = openSession({
      onFault,
      onToast: () => {
        throw new Error('canary');
      },
    });
    frame.send('toast', { kind: 'info', message: 'a' });
    frame.send('resize', { height: 7 });
    await frame.settled();
    expect(onFault).toHaveBeenCalledOnce();
    expect(frame.seen.heights).toEqual([7]);
  });
});

describe('the end of a session', () => {
  it('takes open dialogs away and answers nothing any more', async () => {
    let signal: AbortSignal | undefined;
    const frame = openSession({
      confirm: (_, given) => {
        signal = given;
        return new Promise(() => undefined);
      },
    });
    await frame.next();
    frame.send('confirm', { title: 'a', message: 'b' }, 'r1');
    await vi.waitFor(() => {
      expect(signal).toBeDefined();
    });
    frame.session.close();
    expect(signal?.aborted).toBe(true);
    expect(await frame.next()).toMatchObject({ type: 'error', payload: { code: 'closed' } });
    frame.session.setTheme(THEME);
    frame.session.close();
  });
});
