/** Thrown in a handler, it is the answer: `{"error":{"code","message"}}` with this status. */
export class HttpError extends Error {
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;

  /** @param status 400 to 599. The message is shown to the caller. */
  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
  }
}
