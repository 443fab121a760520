import { toWireBody, toWireHeaders, type BodyInit } from '../http/encode.ts';
import { MessageBody } from '../http/body.ts';
import { HeaderList } from '../http/header-list.ts';
import type { HostBindings } from '../runtime/wire.ts';
import { refuse } from './refuse.ts';

/** A request that an extension under test sends out. */
export class OutgoingRequest extends MessageBody {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;

  constructor(
    method: string,
    url: string,
    headers: HeaderList,
    body: ConstructorParameters<typeof MessageBody>[0],
  ) {
    super(body);
    this.method = method;
    this.url = url;
    this.headers = headers;
  }
}

/** What a test answers in place of the host that is asked. */
export interface IncomingAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
}

/** Answers an outgoing request. */
export type FetchAnswerer = (request: OutgoingRequest) => IncomingAnswer;

export function fetchBindings(
  isGranted: () => boolean,
  answer: FetchAnswerer | undefined,
): HostBindings['http'] {
  return {
    fetch: (request) => {
      if (!isGranted())
        return refuse('denied', 'The test host does not grant http.fetch; add it to capabilities.');
      if (answer === undefined)
        return refuse('unreachable', 'The test host has no answers; pass a function as fetch.');
      const headers = new HeaderList(request.headers);
      const answered = answer(new OutgoingRequest(request.method, request.url, headers, request.body));
      return {
        status: answered.status ?? 200,
        headers: toWireHeaders(answered.headers ?? {}),
        body: toWireBody(answered.body),
      };
    },
  };
}

export function secretsBindings(
  isGranted: () => boolean,
  values: Readonly<Record<string, string>>,
): HostBindings['secrets'] {
  const check = (): void => {
    if (!isGranted()) refuse('denied', 'The test host does not grant secrets.get; add it to capabilities.');
  };
  return {
    get: (name) => {
      check();
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value ?? refuse('missing', `Secret "${name}" has no value.`);
    },
    names: () => {
      check();
      return Object.keys(values).sort();
    },
  };
}
