import type { FrameErrorCode, FrameMessage, FramePermission, PayloadOf } from '@alga/iframe-protocol';
import type { ApiTransport } from './transport.ts';

/** A token that is good for one install only, and its end in seconds since 1970. Never a user's token. */
export interface FrameToken {
  readonly token: string;
  readonly expires_at: number;
}

/** Colours and measures of the host, for the frame to look alike. */
export interface HostTheme {
  /** CSS variables by name, `--alga-primary`. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly colorScheme: 'light' | 'dark';
}

/** Who looks at the extension, as far as it may know. For display only. */
export interface FrameContext {
  readonly installId?: string;
  readonly tenantId?: string;
  readonly user?: { readonly id: string; readonly name?: string; readonly email?: string };
  /** BCP 47, such as `de-AT`. */
  readonly locale: string;
}

/** How the frame's API calls are made. */
export interface ApiOptions {
  /** Where the extension's endpoints are: `/api/ext/com.acme.reports`, absolute or relative to the page. */
  readonly baseUrl: string;
  /** The user's access token, asked for at each call. It stays in the host page. Without it cookies must do. */
  readonly accessToken?: () => Promise<string>;
  /** Makes the calls; XMLHttpRequest unless given. */
  readonly transport?: ApiTransport;
}

/** A notice that the frame wants shown. Plain text. */
export type ToastRequest = PayloadOf<FrameMessage, 'toast'>;

/** A question that the frame wants asked. Plain text. */
export type ConfirmRequest = PayloadOf<FrameMessage, 'confirm'>;

/** Something that a frame sent and the host did not do. */
export interface Refusal {
  readonly code: FrameErrorCode;
  /** What was wrong, in words of this package only. */
  readonly detail: string;
}

/** What a frame may ask for and who answers. A permission without its handler is refused as well. */
export interface SessionOptions {
  readonly extensionId: string;
  readonly permissions: readonly FramePermission[];
  readonly context: FrameContext;
  readonly theme: HostTheme;
  /** Where the frame starts, `/` unless given. */
  readonly initialPath?: string;
  /** Given to the frame at its start; none unless given. */
  readonly session?: FrameToken | null;
  /** For finding this load in logs. */
  readonly requestId?: string;
  readonly api?: ApiOptions;
  /** The frame shows another place: keep it in the page's URL. */
  readonly onNavigate?: (path: string) => void;
  /** Draw a notice, and who it is from. */
  readonly onToast?: (toast: ToastRequest) => void;
  /** Ask the user, outside the frame, and say who asks. The signal fires when the frame is gone. */
  readonly confirm?: (question: ConfirmRequest, signal: AbortSignal) => Promise<boolean>;
  /** A fresh token of this install. */
  readonly issueToken?: () => Promise<FrameToken>;
  /** Called for each message that was refused, for logs. */
  readonly onRefused?: (refusal: Refusal) => void;
  /** Called for faults of the handlers above; `console.error` unless given. */
  readonly onFault?: (error: unknown) => void;
}
