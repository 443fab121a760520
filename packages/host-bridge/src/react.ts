import { createElement, type CSSProperties, type ReactElement, useEffect, useRef } from 'react';
import { type BootstrapOptions, bootstrapIframe, type FrameHandle } from './bootstrap-iframe.ts';
import type { ApiOptions } from './options.ts';

/** Props of {@link ExtensionFrame}. */
export interface ExtensionFrameProps extends Omit<BootstrapOptions, 'iframe' | 'initialPath'> {
  /** The frame's accessible name, such as the extension's. */
  readonly title: string;
  /** The place that the host's URL names; a change takes the frame there. */
  readonly path?: string;
  readonly className?: string;
  readonly style?: CSSProperties;
}

/**
 * An extension's UI. A change of `src` loads the new page; `themeTokens`, `colorScheme` and `path` are handed on; handlers
 * and `accessToken` are always the latest ones. All else holds for a load: give the element a new `key` to change it.
 */
export function ExtensionFrame(props: ExtensionFrameProps): ReactElement {
  const { src, path = '/', themeTokens, colorScheme, title, className, style } = props;
  const element = useRef<HTMLIFrameElement>(null);
  const handle = useRef<FrameHandle>(null);
  const latest = useRef(props);
  // The place that the frame is known to show: its own report of a place must not come back to it.
  const shown = useRef(path);

  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const iframe = element.current;
    if (iframe === null) return undefined;
    shown.current = latest.current.path ?? '/';
    handle.current = bootstrapIframe(live(latest, iframe, shown));
    return () => {
      handle.current?.dispose();
      handle.current = null;
    };
  }, [src]);

  useEffect(() => {
    handle.current?.setTheme({ tokens: themeTokens, colorScheme });
  }, [themeTokens, colorScheme]);

  useEffect(() => {
    if (path === shown.current) return;
    shown.current = path;
    handle.current?.navigate(path);
  }, [path]);

  return createElement('iframe', { ref: element, title, className, style });
}

// The options of one load, with handlers that look up the latest props when they are called.
function live(
  latest: { readonly current: ExtensionFrameProps },
  iframe: HTMLIFrameElement,
  shown: { current: string },
): BootstrapOptions {
  const given = latest.current;
  return {
    ...given,
    iframe,
    ...liveApi(latest, given.api),
    ...(given.path === undefined ? {} : { initialPath: given.path }),
    ...(given.onNavigate === undefined
      ? {}
      : {
          onNavigate: (to) => {
            shown.current = to;
            latest.current.onNavigate?.(to);
          },
        }),
    ...(given.onToast === undefined ? {} : { onToast: (toast) => latest.current.onToast?.(toast) }),
    ...(given.confirm === undefined
      ? {}
      : {
          confirm: async (question, signal) => (await latest.current.confirm?.(question, signal)) ?? false,
        }),
    ...(given.issueToken === undefined
      ? {}
      : {
          issueToken: async () => {
            const token = await latest.current.issueToken?.();
            if (token === undefined) throw new Error('issueToken was taken away.');
            return token;
          },
        }),
    onRefused: (refusal) => latest.current.onRefused?.(refusal),
    onStateChange: (state, failure) => latest.current.onStateChange?.(state, failure),
  };
}

// A token that a later render has renewed is the one to call with.
function liveApi(
  latest: { readonly current: ExtensionFrameProps },
  api: ApiOptions | undefined,
): { api?: ApiOptions } {
  const first = api?.accessToken;
  if (api === undefined || first === undefined) return api === undefined ? {} : { api };
  return { api: { ...api, accessToken: () => (latest.current.api?.accessToken ?? first)() } };
}
