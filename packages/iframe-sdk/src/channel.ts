import {
  type FrameMessage,
  type HostMessage,
  type PayloadOf,
  parseHostMessage,
  toEnvelope,
} from '@alga/iframe-protocol';
import { FrameError } from './frame-error.ts';

type Notice = Extract<FrameMessage, { requestId: undefined }>['type'];
type Question = Extract<FrameMessage, { requestId: string }>['type'];
type Pushed = 'navigate' | 'theme';
type Answer = 'apiproxy_response' | 'confirm_response' | 'token_response';

/** Payloads of answers by type. */
interface Answers extends Record<Answer, unknown> {
  readonly apiproxy_response: PayloadOf<HostMessage, 'apiproxy_response'>;
  readonly confirm_response: PayloadOf<HostMessage, 'confirm_response'>;
  readonly token_response: PayloadOf<HostMessage, 'token_response'>;
}

interface Waiting {
  readonly answer: Answer;
  readonly resolve: (payload: unknown) => void;
  readonly reject: (error: FrameError) => void;
  readonly onProgress: ((loaded: number, total: number) => void) | undefined;
}

/** An asked question: its id and its answer. */
export interface Asked<A extends Answer> {
  readonly requestId: string;
  readonly answer: Promise<Answers[A]>;
}

/** The frame's end of the port, once `bootstrap` has come: questions with answers, notices, and what the host pushes. */
export class Channel {
  readonly #port: MessagePort;
  readonly #version: string;
  readonly #waiting = new Map<string, Waiting>();
  readonly #listeners = new Map<Pushed, Set<(payload: never) => void>>();
  #asked = 0;
  #isClosed = false;

  constructor(port: MessagePort, version: string) {
    this.#port = port;
    this.#version = version;
    port.onmessage = (event: MessageEvent<unknown>) => {
      this.#receive(event.data);
    };
  }

  /** Sends something that is not answered. Nothing happens once the connection has ended. */
  tell<T extends Notice>(type: T, payload: PayloadOf<FrameMessage, T>): void {
    if (!this.#isClosed) this.#post(type, undefined, payload);
  }

  /** Asks, and waits for an answer of the given type. The answer rejects with a {@link FrameError} when refused. */
  ask<T extends Question, A extends Answer>(
    type: T,
    payload: PayloadOf<FrameMessage, T>,
    answer: A,
    onProgress?: (loaded: number, total: number) => void,
  ): Asked<A> {
    this.#asked += 1;
    const requestId = `r${this.#asked}`;
    const promise = new Promise<Answers[A]>((resolve, reject) => {
      if (this.#isClosed) {
        reject(closed());
        return;
      }
      this.#waiting.set(requestId, {
        answer,
        resolve: resolve as (payload: unknown) => void,
        reject,
        onProgress,
      });
      this.#post(type, requestId, payload);
    });
    return { requestId, answer: promise };
  }

  /** Sends something that belongs to an asked question. */
  add<T extends 'apiproxy_body' | 'apiproxy_cancel'>(
    type: T,
    requestId: string,
    payload: PayloadOf<FrameMessage, T>,
  ): void {
    if (!this.#isClosed) this.#post(type, requestId, payload);
  }

  /** Gives up waiting for an answer; the promise stays as it is. */
  forget(requestId: string): void {
    this.#waiting.delete(requestId);
  }

  /** Calls the listener for each message of the type; the result takes it off again. */
  on<T extends Pushed>(type: T, listener: (payload: PayloadOf<HostMessage, T>) => void): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  #post(type: string, requestId: string | undefined, payload: object): void {
    this.#port.postMessage(
      toEnvelope({ version: this.#version, type, requestId, payload } as unknown as FrameMessage),
    );
  }

  #receive(data: unknown): void {
    const parsed = parseHostMessage(data, [this.#version]);
    if (!parsed.ok) {
      console.error(`A message of the host was ignored: ${parsed.detail}`);
      return;
    }
    const { message } = parsed;
    switch (message.type) {
      case 'navigate':
      case 'theme':
        for (const listener of this.#listeners.get(message.type) ?? []) listener(message.payload as never);
        return;
      case 'apiproxy_progress':
        this.#waiting
          .get(message.requestId ?? '')
          ?.onProgress?.(message.payload.loaded, message.payload.total);
        return;
      case 'error':
        this.#refused(message.requestId, new FrameError(message.payload.code, message.payload.message));
        return;
      case 'apiproxy_response':
      case 'confirm_response':
      case 'token_response':
        this.#answered(message.requestId ?? '', message.type, message.payload);
        return;
      case 'bootstrap':
        // Once only: the first has built this channel.
        return;
    }
  }

  #answered(requestId: string, type: Answer, payload: unknown): void {
    const waiting = this.#waiting.get(requestId);
    if (waiting?.answer !== type) return;
    this.#waiting.delete(requestId);
    waiting.resolve(payload);
  }

  #refused(requestId: string | undefined, error: FrameError): void {
    if (error.code === 'closed') {
      this.#isClosed = true;
      for (const waiting of this.#waiting.values()) waiting.reject(error);
      this.#waiting.clear();
      this.#port.close();
      return;
    }
    const waiting = requestId === undefined ? undefined : this.#waiting.get(requestId);
    if (requestId === undefined || waiting === undefined) {
      console.error(`The host refused a message: ${error.code}, ${error.message}`);
      return;
    }
    this.#waiting.delete(requestId);
    waiting.reject(error);
  }
}

function closed(): FrameError {
  return new FrameError('closed', 'The connection with the host has ended.');
}
