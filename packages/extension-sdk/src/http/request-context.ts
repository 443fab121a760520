import { currentInvocation, type Invocation } from '../host/context.ts';
import type { WireRequest } from '../runtime/wire.ts';
import { MessageBody } from './body.ts';
import { HeaderList } from './header-list.ts';
import { Query } from './query.ts';
import { bytes, empty, json, text } from './response.ts';

/** The request that a handler answers. */
export class ExtensionRequest extends MessageBody {
  /** Upper case. */
  readonly method: string;
  /** Path below the extension's root, percent-decoded once, such as `/agreements/42`. */
  readonly path: string;
  /** The manifest's template that matched, such as `/agreements/:id`. */
  readonly endpoint: string;
  readonly query: Query;
  readonly headers: HeaderList;

  constructor(wire: WireRequest) {
    super(wire.body);
    this.method = wire.method;
    this.path = wire.path;
    this.endpoint = wire.endpoint;
    this.query = new Query(wire.query);
    this.headers = new HeaderList(wire.headers);
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
  readonly request: ExtensionRequest;
  readonly params: Readonly<Record<Param, string>>;
  readonly json = json;
  readonly text = text;
  readonly bytes = bytes;
  readonly empty = empty;
  #invocation: Invocation | undefined;

  constructor(wire: WireRequest) {
    this.request = new ExtensionRequest(wire);
    this.params = Object.fromEntries(wire.params) as Record<Param, string>;
  }

  /** Who calls and for whom. Read once; its `deadlineMs` is from then. */
  get invocation(): Invocation {
    return (this.#invocation ??= currentInvocation());
  }
}
