import type { HostMessage, PayloadOf } from '@alga/iframe-protocol';
import type { Channel } from './channel.ts';
import { Store } from './store.ts';

/** How the host looks. */
export interface Theme {
  /** CSS variables by name, `--alga-primary`. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly colorScheme: 'light' | 'dark';
}

/** The host's theme, now and as it changes. */
export interface ThemeSource {
  readonly current: Theme;
  /** Calls the listener after each change; the result takes it off again. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** The theme that a channel tells of. */
export function createTheme(channel: Channel, initial: PayloadOf<HostMessage, 'theme'>): ThemeSource {
  const store = new Store(toTheme(initial));
  channel.on('theme', (payload) => {
    store.set(toTheme(payload));
  });
  return {
    get current() {
      return store.get();
    },
    subscribe: store.subscribe,
  };
}

/**
 * Keeps the tokens on an element as CSS variables, and the scheme as `color-scheme` and `data-theme`. Goes through the
 * style object: the content security policy of extensions forbids style elements and attributes.
 */
export function applyTheme(source: ThemeSource, root: HTMLElement): () => void {
  let applied: readonly string[] = [];
  const apply = () => {
    const { tokens, colorScheme } = source.current;
    for (const name of applied) if (!Object.hasOwn(tokens, name)) root.style.removeProperty(name);
    for (const [name, value] of Object.entries(tokens)) root.style.setProperty(name, value);
    applied = Object.keys(tokens);
    root.style.colorScheme = colorScheme;
    root.dataset['theme'] = colorScheme;
  };
  apply();
  return source.subscribe(apply);
}

function toTheme({ theme_tokens, color_scheme }: PayloadOf<HostMessage, 'theme'>): Theme {
  return { tokens: theme_tokens, colorScheme: color_scheme };
}
