/** A refusal or fault as the API tells it: `application/problem+json`, or no answer at all. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** A code of docs/errors.md; `unreachable` where there was no answer, `unexpected` where it was no problem document. */
    readonly code: string,
    /** HTTP status; 0 without an answer. */
    readonly status: number,
    detail: string,
    /** For whoever reads the logs. */
    readonly requestId: string | null,
  ) {
    super(detail);
  }

  /** Reads an answer that is no success. */
  static async from(response: Response): Promise<Problem> {
    const requestId = response.headers.get('x-request-id');
    const body: unknown = await response.json().catch(() => null);
    const { code, detail, title } = (typeof body === 'object' && body !== null ? body : {}) as Record<
      string,
      unknown
    >;
    return new Problem(
      typeof code === 'string' ? code : 'unexpected',
      response.status,
      [detail, title].find((text) => typeof text === 'string') ?? `HTTP ${response.status}`,
      requestId,
    );
  }
}
