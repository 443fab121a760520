import { afterEach } from 'vitest';
import { createExtension } from '../src/extension.ts';

/** What a frame sent. */
export interface Sent {
  readonly type: string;
  readonly request_id?: string;
  readonly payload: Record<string, unknown>;
}

const opened: (() => void)[] = [];

afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** An extension whose host is the test. */
export function openExtension(session: { token: string; expires_at: number } | null = null) {
  const { port1, port2 } = new MessageChannel();
  opened.push(() => {
    port1.close();
    port2.close();
  });
  const queue: Sent[] = [];
  const waiting: ((message: Sent) => void)[] = [];
  port2.onmessage = (event: MessageEvent<Sent>) => {
    const next = waiting.shift();
    if (next === undefined) queue.push(event.data);
    else next(event.data);
  };
  const { extension } = createExtension({
    port: port1,
    bootstrap: {
      version: '2',
      type: 'bootstrap',
      requestId: undefined,
      payload: {
        session,
        theme_tokens: { '--alga-primary': 'red' },
        color_scheme: 'light',
        navigation: { path: '/start' },
        context: { extension_id: 'com.acme.reports', install_id: 'i1', locale: 'de-AT' },
        permissions: ['api'],
      },
    },
  });
  return {
    extension,
    host: {
      /** The next message of the frame. */
      next: () =>
        new Promise<Sent>((resolve) => {
          const message = queue.shift();
          if (message === undefined) waiting.push(resolve);
          else resolve(message);
        }),
      send: (type: string, payload: unknown, requestId?: string) => {
        port2.postMessage({
          alga: true,
          version: '2',
          type,
          ...(requestId === undefined ? {} : { request_id: requestId }),
          payload,
        });
      },
      post: (data: unknown) => {
        port2.postMessage(data);
      },
    },
  };
}
