import type { FramePermission, HostMessage, PayloadOf } from '@alga/iframe-protocol';
import { type Api, createApi } from './api.ts';
import { type Auth, createAuth } from './auth.ts';
import { Channel } from './channel.ts';
import type { Connected } from './handshake.ts';
import { createNavigation, type Navigation } from './navigation.ts';
import { createTheme, type ThemeSource } from './theme.ts';

/** Where and for whom the page runs. For display only: the server side decides what a user may do. */
export interface ExtensionContext {
  readonly extensionId: string;
  readonly installId?: string;
  readonly tenantId?: string;
  readonly user?: { readonly id: string; readonly name?: string; readonly email?: string };
  /** BCP 47, such as `de-AT`. */
  readonly locale: string;
}

/** A question with two buttons. Plain text. */
export interface ConfirmOptions {
  readonly title: string;
  readonly message: string;
  readonly confirmLabel?: string;
  readonly cancelLabel?: string;
  /** Whether the action destroys something. */
  readonly danger?: boolean;
}

/** The connection with the host. */
export interface Extension {
  readonly api: Api;
  readonly auth: Auth;
  readonly navigation: Navigation;
  readonly theme: ThemeSource;
  readonly context: ExtensionContext;
  /** What the host lets this extension ask for. */
  readonly permissions: readonly FramePermission[];
  /** A short notice, drawn by the host. */
  toast(message: string, kind?: 'info' | 'success' | 'warning' | 'error'): void;
  /**
   * Asks the user, in a dialog drawn by the host. One at a time.
   *
   * @throws {FrameError} `permission_denied`, or `rate_limited` while another one is open.
   */
  confirm(options: ConfirmOptions): Promise<boolean>;
}

/** What {@link createExtension} gives to `connect()`. */
export interface Opened {
  readonly extension: Extension;
  readonly channel: Channel;
}

/** Builds all of it on the port of a finished handshake. */
export function createExtension({ port, bootstrap }: Connected): Opened {
  const { payload } = bootstrap;
  const channel = new Channel(port, bootstrap.version);
  const extension: Extension = {
    api: createApi(channel),
    auth: createAuth(channel, payload.session),
    navigation: createNavigation(channel, payload.navigation.path),
    theme: createTheme(channel, payload),
    context: toContext(payload.context),
    permissions: payload.permissions,
    toast(message, kind = 'info') {
      channel.tell('toast', { kind, message });
    },
    async confirm({ title, message, confirmLabel, cancelLabel, danger }) {
      const { answer } = channel.ask(
        'confirm',
        {
          title,
          message,
          ...(confirmLabel === undefined ? {} : { confirm_label: confirmLabel }),
          ...(cancelLabel === undefined ? {} : { cancel_label: cancelLabel }),
          ...(danger === undefined ? {} : { danger }),
        },
        'confirm_response',
      );
      return (await answer).confirmed;
    },
  };
  return { extension, channel };
}

function toContext(context: PayloadOf<HostMessage, 'bootstrap'>['context']): ExtensionContext {
  const { extension_id, install_id, tenant_id, user, locale } = context;
  return {
    extensionId: extension_id,
    ...(install_id === undefined ? {} : { installId: install_id }),
    ...(tenant_id === undefined ? {} : { tenantId: tenant_id }),
    ...(user === undefined ? {} : { user }),
    locale,
  };
}
