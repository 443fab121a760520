import type { Channel } from './channel.ts';
import { Store } from './store.ts';

/** The extension's place, kept in the host's URL: a link to it can be shared, and back and forward work. */
export interface Navigation {
  /** `/agreements/7?tab=notes`; starts with one slash. */
  readonly path: string;
  /** Goes there and lets the host's URL say so. */
  readonly navigate: (path: string) => void;
  /** Calls the listener when the place changes, by {@link navigate} or by the host. The result takes it off again. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Navigation through a channel, from the place where the frame starts. */
export function createNavigation(channel: Channel, initialPath: string): Navigation {
  const store = new Store(initialPath);
  channel.on('navigate', ({ path }) => {
    store.set(path);
  });
  return {
    get path() {
      return store.get();
    },
    navigate(path) {
      if (path === store.get()) return;
      if (!/^\/(?![/\\])/.test(path)) throw new TypeError('A path starts with one slash.');
      channel.tell('navigate', { path });
      store.set(path);
    },
    subscribe: store.subscribe,
  };
}
