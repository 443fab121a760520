import { afterEach } from 'vitest';
import { FrameSession } from '../src/frame-session.ts';
import type { SessionOptions } from '../src/options.ts';

interface Received {
  readonly type: string;
  readonly request_id?: string;
  readonly payload: Record<string, unknown>;
}

const opened: (() => void)[] = [];

afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** A clock that stands still until it is moved. */
export class StillClock {
  ms = 0;
  readonly read = () => this.ms;
}

/** A session of the host, with a frame's end of the port in the test's hands. */
export function openSession(options: Partial<SessionOptions> = {}, clock = new StillClock()) {
  const { port1, port2 } = new MessageChannel();
  const queue: Received[] = [];
  const waiting: ((message: Received) => void)[] = [];
  port1.onmessage = (event: MessageEvent<Received>) => {
    const next = waiting.shift();
    if (next === undefined) queue.push(event.data);
    else next(event.data);
  };
  const seen = { heights: [] as number[], floods: 0 };
  const session = new FrameSession(
    port2,
    '2',
    {
      extensionId: 'com.acme.reports',
      permissions: ['api', 'navigate', 'toast', 'confirm', 'token'],
      context: { locale: 'en' },
      theme: THEME,
      ...options,
    },
    {
      onResize: (height) => seen.heights.push(height),
      onFlood: () => {
        seen.floods += 1;
      },
    },
    clock.read,
  );
  session.start(THEME, '/start');
  opened.push(() => {
    session.close();
    port1.close();
  });
  const next = () =>
    new Promise<Received>((resolve) => {
      const message = queue.shift();
      if (message === undefined) waiting.push(resolve);
      else resolve(message);
    });
  return {
    session,
    seen,
    clock,
    port: port1,
    next,
    send: (type: string, payload: unknown, requestId?: string) => {
      port1.postMessage({
        alga: true,
        version: '2',
        type,
        ...(requestId === undefined ? {} : { request_id: requestId }),
        payload,
      });
    },
    /** Waits until the host has handled all that was sent before: it answers messages in their order. */
    settled: async () => {
      port1.postMessage('settled?');
      for (let message = await next(); ; message = await next()) {
        if (message.payload['message'] === 'message: an object') return;
      }
    },
  };
}

export const THEME = { tokens: { '--alga-primary': 'red' }, colorScheme: 'light' } as const;
