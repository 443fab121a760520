import { requestId } from './fields.ts';
import { type Guard, Mismatch } from './schema.ts';

/** How a kind of message uses `request_id`: it has one, may have one, or has none. */
export interface MessageKind<Payload, Id extends string | undefined> {
  readonly payload: Guard<Payload>;
  readonly id: Guard<Id>;
}

/** A message that nobody answers. */
export function notice<P>(payload: Guard<P>): MessageKind<P, undefined> {
  return {
    payload,
    id: (value, at) => {
      if (value !== undefined) throw new Mismatch(at, 'no request_id');
      return undefined;
    },
  };
}

/** A message that names the request that it starts or belongs to. */
export function question<P>(payload: Guard<P>): MessageKind<P, string> {
  return { payload, id: requestId };
}

/** A message that may name the request that it answers. */
export function answer<P>(payload: Guard<P>): MessageKind<P, string | undefined> {
  return { payload, id: (value, at) => (value === undefined ? undefined : requestId(value, at)) };
}

/** Kinds of messages by `type`. */
export type Kinds = Readonly<Record<string, MessageKind<unknown, string | undefined>>>;

/** The union of checked messages that a table of kinds describes, tagged by `type`. */
export type MessageOf<K extends Kinds> = {
  [T in keyof K & string]: {
    readonly version: string;
    readonly type: T;
    readonly requestId: ReturnType<K[T]['id']>;
    readonly payload: ReturnType<K[T]['payload']>;
  };
}[keyof K & string];

/** The payload of one type of message. */
export type PayloadOf<M extends { type: string; payload: unknown }, T extends M['type']> = Extract<
  M,
  { type: T }
>['payload'];
