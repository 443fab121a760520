import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { connect, type ConnectOptions } from './connect.ts';
import type { Extension, ExtensionContext } from './extension.ts';
import type { Theme } from './theme.ts';

const ExtensionReactContext = createContext<Extension | undefined>(undefined);

/** Props of {@link ExtensionProvider}. */
export interface ExtensionProviderProps {
  readonly children: ReactNode;
  /** Shown until the host has answered. */
  readonly fallback?: ReactNode;
  /** Shown when there is no connection. */
  readonly renderError?: (error: unknown) => ReactNode;
  readonly options?: ConnectOptions;
}

/** Connects with the host, and gives the connection to the hooks below it. */
export function ExtensionProvider(props: ExtensionProviderProps): ReactElement {
  const { children, fallback = null, renderError, options } = props;
  const [extension, setExtension] = useState<Extension>();
  const [failure, setFailure] = useState<{ readonly error: unknown }>();

  useEffect(() => {
    let isMounted = true;
    connect(options).then(
      (connected) => {
        if (isMounted) setExtension(connected);
      },
      (error: unknown) => {
        if (isMounted) setFailure({ error });
      },
    );
    return () => {
      isMounted = false;
    };
    // A page connects once, with the options of the first call.
  }, [options]);

  if (failure !== undefined && renderError === undefined) throw failure.error;
  const shown =
    failure !== undefined ? renderError?.(failure.error) : extension === undefined ? fallback : children;
  return createElement(ExtensionReactContext, { value: extension }, shown);
}

/** The connection with the host. */
export function useExtension(): Extension {
  const extension = useContext(ExtensionReactContext);
  if (extension === undefined) throw new Error('useExtension() needs an <ExtensionProvider> above it.');
  return extension;
}

/** Where and for whom the page runs. */
export function useExtensionContext(): ExtensionContext {
  return useExtension().context;
}

/** The host's theme; renders again when it changes. */
export function useTheme(): Theme {
  const { theme } = useExtension();
  return useSyncExternalStore(theme.subscribe, () => theme.current);
}

/** The extension's place and the way to change it; renders again when it changes. */
export function usePath(): readonly [path: string, navigate: (path: string) => void] {
  const { navigation } = useExtension();
  const path = useSyncExternalStore(navigation.subscribe, () => navigation.path);
  return [path, navigation.navigate];
}
