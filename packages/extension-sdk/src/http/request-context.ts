import { currentInvocation, type Invocation } from '../host/context.ts';
import type { WireRequest } from '../runtime/wire.ts';
import { MessageBody } from './body.ts';
import { HeaderList } from './header-list.ts';
import { Query } from './query.ts';
import { bytes, empty, json, text, type ExtensionResponse, type ResponseOptions } from './response.ts';

/** The request that a handler answers. */
export class ExtensionRequest extends MessageBody {
  readonly #wire: WireRequest;
  #query: Query | undefined;
  #headers: HeaderList | undefined;

  constructor(wire: WireRequest) {
    super(wire.body);
    this.#wire = wire;
  }

  /** Upper case. */
  get method(): string {
    return this.#wire.method;
  }

  /** Path below the extension's root, percent-decoded once, such as `/agreements/42`. */
  get path(): string {
    return this.#wire.path;
  }

  /** The manifest's template that matched, such as `/agreements/:id`. */
  get endpoint(): string {
    return this.#wire.endpoint;
  }

  get query(): Query {
    return (this.#query ??= new Query(this.#wire.query));
  }

  get headers(): HeaderList {
    return (this.#headers ??= new HeaderList(this.#wire.headers));
  }
}

/** The names after `:` and `*` in a route template. */
export type ParamsOf<Template extends string> = Template extends `${infer Head}/${infer Tail}`
  ? ParamsOf<Head> | ParamsOf<Tail>
  : Template extends `:${infer Name}` | `*${infer Name}`
    ? Name
    : never;

/** What a handler gets: the request, the template's parameters, and the ways to answer. */
export class RequestContext<Param extends string = string> {
  readonly #wire: WireRequest;
  #request: ExtensionRequest | undefined;
  #params: Readonly<Record<Param, string>> | undefined;
  #invocation: Invocation | undefined;

  constructor(wire: WireRequest) {
    this.#wire = wire;
  }

  get request(): ExtensionRequest {
    return (this.#request ??= new ExtensionRequest(this.#wire));
  }

  get params(): Readonly<Record<Param, string>> {
    return (this.#params ??= Object.fromEntries(this.#wire.params) as Record<Param, string>);
  }

  /** As `json()` of the package. */
  json(value: unknown, options?: ResponseOptions): ExtensionResponse {
    return json(value, options);
  }

  /** As `text()` of the package. */
  text(value: string, options?: ResponseOptions): ExtensionResponse {
    return text(value, options);
  }

  /** As `bytes()` of the package. */
  bytes(value: Uint8Array, options?: ResponseOptions): ExtensionResponse {
    return bytes(value, options);
  }

  /** As `empty()` of the package. */
  empty(options?: ResponseOptions): ExtensionResponse {
    return empty(options);
  }

  /** Who calls and for whom. Read once; its `deadlineMs` is from then. */
  get invocation(): Invocation {
    return (this.#invocation ??= currentInvocation());
  }
}
