import type { EventHandler } from '../events/event.ts';
import type { StandardResponse } from '../extension.ts';
import type { ParamsOf, RequestContext } from './request-context.ts';
import type { ExtensionResponse } from './response.ts';

/** Answers one endpoint. Host APIs return their results directly, so most handlers need not be async. */
export type Handler<Param extends string = string> = (
  ctx: RequestContext<Param>,
) => HandlerAnswer | PromiseLike<HandlerAnswer>;

/** What `ctx.json(...)` and its siblings make, or a standard `Response`. */
export type HandlerAnswer = ExtensionResponse | StandardResponse;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Route {
  readonly method: Method;
  /** As in the manifest's `api.endpoints`. */
  readonly path: string;
}

/**
 * The extension's endpoints and events. A route is written exactly as the manifest declares it:
 * the platform has already matched the path, so the template itself is the key.
 */
export class App {
  readonly #handlers = new Map<string, { route: Route; handler: Handler }>();
  readonly #events = new Map<string, EventHandler>();

  get<T extends string>(path: T, handler: Handler<ParamsOf<T>>): this {
    return this.#add('GET', path, handler);
  }

  post<T extends string>(path: T, handler: Handler<ParamsOf<T>>): this {
    return this.#add('POST', path, handler);
  }

  put<T extends string>(path: T, handler: Handler<ParamsOf<T>>): this {
    return this.#add('PUT', path, handler);
  }

  patch<T extends string>(path: T, handler: Handler<ParamsOf<T>>): this {
    return this.#add('PATCH', path, handler);
  }

  delete<T extends string>(path: T, handler: Handler<ParamsOf<T>>): this {
    return this.#add('DELETE', path, handler);
  }

  /** Receives the events of a topic, written exactly as the manifest's `events` declares it. */
  on(topic: string, handler: EventHandler): this {
    if (this.#events.has(topic)) throw new TypeError(`The topic ${topic} is there twice.`);
    this.#events.set(topic, handler);
    return this;
  }

  /** All topics, in the order they were added; compare them with the manifest in a test. */
  get topics(): readonly string[] {
    return [...this.#events.keys()];
  }

  /** The handler of a topic, or undefined. */
  findEvent(topic: string): EventHandler | undefined {
    return this.#events.get(topic);
  }

  /** All routes, in the order they were added; compare them with the manifest in a test. */
  get routes(): readonly Route[] {
    return [...this.#handlers.values()].map(({ route }) => route);
  }

  /** The handler of a manifest endpoint, or undefined. */
  find(method: string, endpoint: string): Handler | undefined {
    return this.#handlers.get(`${method} ${endpoint}`)?.handler;
  }

  #add<P extends string>(method: Method, path: string, handler: Handler<P>): this {
    if (!path.startsWith('/')) throw new TypeError(`The route "${path}" must start with a slash.`);
    const key = `${method} ${path}`;
    if (this.#handlers.has(key)) throw new TypeError(`The route ${key} is there twice.`);
    this.#handlers.set(key, { route: { method, path }, handler: handler });
    return this;
  }
}

export function createApp(): App {
  return new App();
}
