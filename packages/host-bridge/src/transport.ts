import type { FrameErrorCode } from '@alga/iframe-protocol';

/** A call of an extension's endpoint, as it leaves the host page. */
export interface ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | undefined;
}

/** The answer, whatever its status. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Makes one call. Rejects with an {@link ApiFailure} when there is no answer. */
export type ApiTransport = (
  request: ApiRequest,
  options: { readonly signal: AbortSignal; readonly onProgress: (loaded: number, total: number) => void },
) => Promise<ApiAnswer>;

/** Why a call has no answer. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly code: Extract<FrameErrorCode, 'network' | 'timeout' | 'cancelled' | 'response_too_large'>,
  ) {
    super(code);
  }
}
