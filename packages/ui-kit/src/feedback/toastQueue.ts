import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components';
import type { Tone } from './Alert.tsx';

export interface ToastContent {
  tone: Tone;
  title: string;
  description?: string;
  action?: { label: string; onPress: () => void };
}

export interface ToastOptions {
  description?: string;
  /** One thing to do about it, such as "Undo"; pressing it also closes the toast. */
  action?: { label: string; onPress: () => void };
  /**
   * Milliseconds until it goes by itself, 5,000 or more; 0 keeps it until it is closed. 6,000 unless given; a `danger` toast
   * stays, and so does one with an action. The pointer or the focus on a toast stops the clock.
   */
  timeout?: number;
  onClose?: () => void;
}

export const toastQueue: ToastQueue<ToastContent> = /* @__PURE__ */ new ToastQueue<ToastContent>({
  maxVisibleToasts: 4,
});

function show(tone: Tone, title: string, options: ToastOptions = {}): string {
  const { description, action, onClose } = options;
  const stays = tone === 'danger' || action !== undefined;
  const timeout = options.timeout ?? (stays ? 0 : 6000);
  return toastQueue.add(
    { tone, title, description, action },
    { ...(timeout > 0 ? { timeout: Math.max(timeout, 5000) } : {}), ...(onClose ? { onClose } : {}) },
  );
}

/** Says that something happened, without stopping anybody. Each call answers with a key for `close`. */
export const toast = {
  info: (title: string, options?: ToastOptions): string => show('info', title, options),
  success: (title: string, options?: ToastOptions): string => show('success', title, options),
  warning: (title: string, options?: ToastOptions): string => show('warning', title, options),
  danger: (title: string, options?: ToastOptions): string => show('danger', title, options),
  close: (key: string): void => {
    toastQueue.close(key);
  },
};
