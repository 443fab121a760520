import { Problem } from './problem.ts';

/** Query parameters; those without a value are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Query;
  readonly body?: unknown;
  /** Headers besides those of every call. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The `ETag` that the change builds on. */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal;
}

/** An answer's body, and its `ETag` where it has one. */
export interface Answer<T> {
  readonly body: T;
  readonly etag: string | undefined;
}

/** Calls the registry, or the gateway, with the user's access token. */
export class ApiClient {
  constructor(
    private readonly base: string,
    private readonly accessToken: () => Promise<string>,
    private readonly onSignedOut: () => void,
  ) {}

  /**
   * @param path Below the base, such as `/tenant/installs`; its parts are encoded already.
   * @throws {Problem} for every answer that is no success, and for none.
   */
  async send<T>(path: string, call: Call = {}): Promise<Answer<T>> {
    const response = await this.open(path, call);
    const text = await response.text();
    return {
      body: (text === '' ? undefined : JSON.parse(text)) as T,
      etag: response.headers.get('etag') ?? undefined,
    };
  }

  /** The same for an answer that is text. */
  async text(path: string, call: Call = {}): Promise<string> {
    return (await this.open(path, call)).text();
  }

  /** The answer itself, for a body that is read as it comes. */
  async open(path: string, call: Call = {}): Promise<Response> {
    const headers = new Headers({ ...call.headers, authorization: `Bearer ${await this.accessToken()}` });
    if (call.ifMatch !== undefined) headers.set('if-match', call.ifMatch);
    if (call.body !== undefined) headers.set('content-type', 'application/json');
    const response = await this.fetch(this.base + path + toQuery(call.query ?? {}), {
      method: call.method ?? 'GET',
      headers,
      cache: 'no-store',
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
    if (response.status === 401) this.onSignedOut();
    if (!response.ok) throw await Problem.from(response);
    return response;
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, init);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new Problem('unreachable', 0, String(error), null);
    }
  }
}

function toQuery(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
