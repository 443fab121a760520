// Attacks on what the browser keeps between documents: the host's page, its storage, other frames, the tab itself.
import { attemptAll, type Attack } from './attack.ts';

/** Reads and writes the page around the frame. */
export const parentDom: Attack = () =>
  attemptAll({
    title: () => parent.document.title,
    script: () => (parent as unknown as { eval(code: string): unknown }).eval('document.title'),
    harness: () => typeof (parent as unknown as { harness?: unknown }).harness,
    url: () => parent.location.href,
    frameElement: () => window.frameElement?.tagName ?? 'nothing',
    storage: () => parent.localStorage.getItem('host'),
    write: () => {
      parent.document.body.innerHTML = 'pwned';
      return 'written';
    },
  });

/** Reads what the browser stores for the host's or the runner's origin. */
export const storage: Attack = () =>
  attemptAll({
    cookie: () => document.cookie,
    setCookie: () => {
      document.cookie = 'evil=1; path=/';
      return document.cookie;
    },
    localStorage: () => localStorage.getItem('host'),
    sessionStorage: () => sessionStorage.length,
    indexedDB: () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('evil');
        request.onsuccess = () => {
          resolve('opened');
        };
        request.onerror = () => {
          reject(request.error ?? new Error('no reason'));
        };
      }),
    caches: async () => (await caches.keys()).length,
    serviceWorker: async () => (await navigator.serviceWorker.register('main.js')).scope,
  });

/** Takes the tab to another site. */
export const topNavigation: Attack = (args) => {
  const to = args.get('to') ?? '';
  return attemptAll({
    assign: () => {
      top?.location.assign(`${to}/assign`);
      return 'assigned';
    },
    href: () => {
      if (top !== null) top.location.href = `${to}/href`;
      return 'set';
    },
    replace: () => {
      parent.location.replace(`${to}/replace`);
      return 'replaced';
    },
    link: () => {
      click({ href: `${to}/link`, target: '_top' });
      return 'clicked';
    },
    form: () => {
      submit(`${to}/form`, '_top');
      return 'submitted';
    },
    open: () => window.open(`${to}/open`, '_top') === null,
  });
};

/** Opens windows. */
export const popups: Attack = (args) => {
  const to = args.get('to') ?? '';
  return attemptAll({
    open: () => window.open(`${to}/popup`) === null,
    named: () => window.open(`${to}/named`, 'evil', 'width=100') === null,
    link: () => {
      click({ href: `${to}/blank`, target: '_blank' });
      return 'clicked';
    },
    form: () => {
      submit(`${to}/blank-form`, '_blank');
      return 'submitted';
    },
    alert: () => {
      alert('evil');
      return 'returned';
    },
    confirm: () => confirm('evil'),
    print: () => {
      print();
      return 'returned';
    },
  });
};

/** The same with the user's click on `#go`, which browsers allow more to. */
export const clicked: Attack = (args) =>
  new Promise((resolve) => {
    document.getElementById('go')?.addEventListener('click', () => {
      const active = navigator.userActivation.isActive;
      void attemptAll({
        popup: () => window.open(`${args.get('to') ?? ''}/clicked-popup`) === null,
        top: () => {
          if (top !== null) top.location.href = `${args.get('to') ?? ''}/clicked-top`;
          return 'set';
        },
        fullscreen: () => document.documentElement.requestFullscreen(),
        clipboard: () => navigator.clipboard.readText(),
      }).then((outcomes) => {
        console.log('evil', JSON.stringify({ name: 'afterClick', active, outcomes }));
      });
    });
    resolve('waiting for a click');
  });

/** Reads, moves and impersonates the frame beside this one. */
export const sibling: Attack = (args) => {
  const other = () => {
    const frame = parent.frames[Number(args.get('index'))];
    if (frame === undefined) throw new Error('no sibling');
    return frame;
  };
  return attemptAll({
    found: () => parent.frames.length,
    document: () => other().document.title,
    url: () => other().location.href,
    move: () => {
      other().location.href = `${args.get('to') ?? ''}/sibling`;
      return 'moved';
    },
    script: () => (other() as unknown as { eval(code: string): unknown }).eval('1'),
    bootstrap: () => {
      const { port1 } = new MessageChannel();
      other().postMessage({ alga: true, version: '2', type: 'navigate', payload: { path: '/pwned' } }, '*', [
        port1,
      ]);
      return 'posted';
    },
  });
};

function click(attributes: { href: string; target: string }): void {
  const link = Object.assign(document.createElement('a'), attributes);
  document.body.append(link);
  link.click();
}

function submit(action: string, target: string): void {
  const form = Object.assign(document.createElement('form'), { action, target, method: 'post' });
  document.body.append(form);
  form.submit();
}
