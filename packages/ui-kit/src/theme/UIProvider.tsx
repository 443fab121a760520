import { useInsertionEffect, useMemo, type ReactNode } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { ToastRegion } from '../feedback/Toast.tsx';
import { MessagesContext, defaultMessages, type Messages } from './messages.ts';

export interface UIProviderProps {
  children: ReactNode;
  /** BCP 47 tag, such as `de-CH`: dates, numbers and reading direction. The browser's own unless given. */
  locale?: string;
  /** The kit's own words, to translate them; those left out are English. */
  messages?: Partial<Messages>;
  /** Client-side navigation: called with the `href` of a pressed link, menu item, tab or row. Without it, links load a page. */
  navigate?: (href: string) => void;
}

/** Wraps an app once, at its root: toasts, locale, words and navigation. */
export function UIProvider({ children, locale, messages, navigate }: UIProviderProps) {
  useInsertionEffect(claimPressableStyle, []);
  const words = useMemo(() => ({ ...defaultMessages, ...messages }), [messages]);
  const content = (
    <MessagesContext value={words}>
      {children}
      <ToastRegion />
    </MessagesContext>
  );
  return (
    <I18nProvider {...(locale === undefined ? {} : { locale })}>
      {navigate ? <RouterProvider navigate={navigate}>{content}</RouterProvider> : content}
    </I18nProvider>
  );
}

/**
 * React Aria adds a `<style>` element unless an element with this id is there; a policy of `style-src 'self'` would refuse
 * it and report a violation. Its one rule is part of `styles.css`.
 */
function claimPressableStyle(): void {
  const id = 'react-aria-pressable-style';
  if (document.getElementById(id)) return;
  const claim = document.createElement('meta');
  claim.id = id;
  document.head.append(claim);
}
