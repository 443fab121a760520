// Attacks on the protocol between frame and host.
import { attempt, type Attack, settle } from './attack.ts';

interface Answer {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** How long to listen where no answer is due. */
const SILENCE_MS = 1500;

const nonce = () => location.hash.split('=')[1] ?? '';

function postReady(usedNonce: string): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const message = { alga: true, version: '2', type: 'ready', payload: { nonce: usedNonce, versions: ['2'] } };
  parent.postMessage(message, '*', [port2]);
  return port1;
}

/** The next answer, or undefined when the host says nothing for this long. Where an answer is due, the machine may be slow. */
function answer(port: MessagePort, limitMs = 20_000): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }: MessageEvent<Answer>) => {
      resolve(data);
    };
    setTimeout(resolve, limitMs);
  });
}

/** Puts the load event off until the image comes. */
function holdLoad(): void {
  const held = document.createElement('img');
  held.src = 'slow.svg';
  document.body.append(held);
}

/** Waits for the load event, as the host does, and a moment more. */
async function loaded(): Promise<void> {
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => {
      addEventListener('load', resolve, { once: true });
    });
  }
  await settle();
}

async function shakeHands(): Promise<MessagePort> {
  await loaded();
  const port = postReady(nonce());
  const first = await answer(port);
  if (first?.type !== 'bootstrap') throw new Error('no bootstrap');
  return port;
}

const toast = (message: string) => ({
  alga: true,
  version: '2',
  type: 'toast',
  payload: { kind: 'info', message },
});

/** What the host tells a frame, and whether a secret is in it. */
export const handshake: Attack = async () => {
  await loaded();
  const port = postReady(nonce());
  return answer(port);
};

/** Shakes hands, then again with the same nonce, in this document. */
export const replay: Attack = async () => {
  const port = await shakeHands();
  const second = await answer(postReady(nonce()), SILENCE_MS);
  port.postMessage(toast('still the first'));
  return { second: second ?? 'nothing' };
};

/** Shakes hands, then goes to another page of its own with the used nonce, which tries it once more. */
export const replayElsewhere: Attack = async () => {
  await shakeHands();
  const used = nonce();
  setTimeout(() => {
    location.href = `other.html?path=${encodeURIComponent(`/replayed?nonce=${used}`)}`;
  }, 500);
  return 'leaving';
};

/** The other half of {@link replayElsewhere}: at once, since the host loads the page anew when this one has loaded. */
export const replayed: Attack = async (args) => {
  holdLoad();
  const first = await answer(postReady(args.get('nonce') ?? ''), SILENCE_MS);
  return { first: first ?? 'nothing' };
};

/** Speaks for another frame with that one's nonce, which has leaked. */
export const impersonate: Attack = async (args) => {
  await loaded();
  const port = postReady(args.get('nonce') ?? '');
  const first = await answer(port, SILENCE_MS);
  port.postMessage(toast('I am the other'));
  return { first: first ?? 'nothing' };
};

/** Shakes hands, gives its port to the frame at `index`, and leaves when told to. */
export const handOver: Attack = async (args) => {
  const port = await shakeHands();
  parent.frames[Number(args.get('index'))]?.postMessage('hold this', '*', [port]);
  Object.assign(window, {
    // Not before the test's call has its answer: that would be lost with this document.
    leave: () => {
      setTimeout(() => {
        location.href = 'other.html';
      });
    },
  });
  return 'handed over';
};

/** Sends 10 MB, first through the port, then through the window. */
export const tooLarge: Attack = async () => {
  const port = await shakeHands();
  const large = 'x'.repeat(10 * 1024 * 1024);
  const replied = answer(port);
  port.postMessage(toast(large));
  parent.postMessage(
    { alga: true, version: '2', type: 'ready', payload: { nonce: large, versions: ['2'] } },
    '*',
  );
  return { length: large.length, reply: (await replied)?.payload['code'] };
};

/** Sends own `__proto__` and `constructor` keys wherever a payload has room. */
export const pollution: Attack = async () => {
  const port = await shakeHands();
  const dirty = JSON.parse('{"polluted":"yes","toString":"yes"}') as object;
  const withProto = (value: object) => {
    const copy = { ...value };
    Object.defineProperty(copy, '__proto__', { value: dirty, enumerable: true });
    return copy;
  };
  const sent = [
    withProto(toast('a')),
    { ...toast('b'), payload: withProto({ kind: 'info', message: 'b' }) },
    { ...toast('c'), payload: { kind: 'info', message: 'c', constructor: { prototype: dirty } } },
    {
      alga: true,
      version: '2',
      type: 'apiproxy',
      request_id: 'r1',
      payload: { route: '/a', headers: withProto({ accept: 'x' }) },
    },
    { ...toast('d'), type: '__proto__' },
  ];
  const codes: unknown[] = [];
  for (const message of sent) {
    const replied = answer(port);
    port.postMessage(message);
    codes.push((await replied)?.payload['code']);
  }
  parent.postMessage(withProto({ alga: true, version: '2', type: 'ready', payload: withProto({}) }), '*');
  await settle();
  return { own: Object.hasOwn(structuredClone(withProto({})), '__proto__'), codes };
};

/** Calls other paths of the gateway with the user's rights. */
export const routes: Attack = async () => {
  const port = await shakeHands();
  const outcomes: unknown[] = [];
  const wanted = ['/../../host/extensions', '/%2e%2e/%2e%2e/host/extensions', '//127.0.0.1/x', '/a'];
  for (const [index, route] of wanted.entries()) {
    const replied = answer(port);
    const payload = { route, headers: { Authorization: 'Bearer forged', Cookie: 'a=b', 'X-Ext-Mode': 'ok' } };
    port.postMessage({ alga: true, version: '2', type: 'apiproxy', request_id: `r${index}`, payload });
    const reply = await replied;
    outcomes.push(reply?.payload['error'] ?? reply?.payload['code'] ?? reply?.payload);
  }
  return outcomes;
};

/** Floods the host, through the port and through the window. */
export const flood: Attack = async (args) => {
  const port = await shakeHands();
  const send =
    args.get('by') === 'window'
      ? (m: unknown) => {
          parent.postMessage(m, '*');
        }
      : (m: unknown) => {
          port.postMessage(m);
        };
  for (let count = 0; count < 20_000; count += 1) send({ alga: true, count });
  return attempt(() => 'sent');
};

/** Reloads itself without end. */
export const reloadForever: Attack = () => {
  setTimeout(() => {
    location.reload();
  }, 50);
  return 'reloading';
};

/** Shakes hands before its load event, when the host cannot tell whose it will be, and leaves. */
export const early: Attack = async () => {
  holdLoad();
  const state = document.readyState;
  const port = postReady(nonce());
  const first = await answer(port, SILENCE_MS);
  return { state, first: first ?? 'nothing' };
};
