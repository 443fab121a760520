import type { WireResponse } from './wire.ts';

/** The method of an answer that gives its wire form, for the platform only. A name of its own keeps the classes of answers that an extension does not use out of it. */
export const toWire = Symbol('toWire');

/** An answer that knows its wire form. */
export interface WireAnswer {
  /** @throws TypeError when its body was read. */
  [toWire](): WireResponse;
}

export function isWireAnswer(answer: unknown): answer is WireAnswer {
  return typeof answer === 'object' && answer !== null && toWire in answer;
}
