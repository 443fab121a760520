// Where the page is: `#/{extensionId}{path of the extension}`, so that any static server can answer a deep link.
import { useSyncExternalStore } from 'react';

/** A place: an extension, and the place inside it. */
export interface Place {
  readonly extensionId: string;
  /** Starts with a slash. */
  readonly path: string;
}

/** The place that a location's hash names. */
export function parsePlace(hash: string): Place | undefined {
  const [, extensionId, path] = /^#\/([A-Za-z0-9][A-Za-z0-9.-]*)(\/.*)?$/.exec(hash) ?? [];
  return extensionId === undefined ? undefined : { extensionId, path: path ?? '/' };
}

/** The link to a place. */
export function linkTo({ extensionId, path }: Place): string {
  return `#/${extensionId}${path}`;
}

/** Goes to a place, as a step that the browser's back button undoes. */
export function goTo(place: Place): void {
  history.pushState(null, '', linkTo(place));
  dispatchEvent(new PopStateEvent('popstate'));
}

/** The hash of the page's URL; renders again when it changes. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => location.hash);
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener('hashchange', listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener('hashchange', listener);
  };
}
