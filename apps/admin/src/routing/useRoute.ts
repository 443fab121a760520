import { useMemo, useSyncExternalStore } from 'react';
import { linkTo, parseRoute, type Route } from './route.ts';

/** Where the app is; renders again when that changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

/** Goes to a place, as a step that the browser's back button undoes; with `replace`, in the place of the present one. */
export function goTo(route: Exclude<Route, { page: 'unknown' }>, options: { replace?: boolean } = {}): void {
  const link = linkTo(route);
  if (location.hash === link) return;
  if (options.replace) history.replaceState(null, '', link);
  else history.pushState(null, '', link);
  dispatchEvent(new PopStateEvent('popstate'));
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener('hashchange', listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener('hashchange', listener);
  };
}
