import type { StandardResponse } from '../extension.ts';
import { toWireBody, toWireHeader } from '../http/encode.ts';
import { decodeUtf8 } from '../utf8.ts';
import { whole } from './checked.ts';
import { isWireAnswer, toWire } from './to-wire.ts';
import type { WireBody, WireRequest, WireResponse } from './wire.ts';

/** What a handler returned, in wire form. @throws TypeError when it is no answer. */
export function answerToWire(
  answer: unknown,
  request: WireRequest,
): WireResponse | PromiseLike<WireResponse> {
  if (isWireAnswer(answer)) return answer[toWire]();
  if (isStandardResponse(answer)) return readStandard(answer);
  throw new TypeError(
    `The handler of ${request.method} ${request.endpoint} must return ctx.json(...), ctx.text(...), ctx.bytes(...), ctx.empty() or a Response.`,
  );
}

/** Under Node, in a test: a `Response` of Node's own. */
async function readStandard(response: StandardResponse): Promise<WireResponse> {
  return {
    status: whole(response.status, 'A status', 200, 599),
    headers: Array.from(response.headers, ([name, value]) => toWireHeader(name, value)),
    body: toBody(new Uint8Array(await response.arrayBuffer())),
  };
}

function toBody(bytes: Uint8Array): WireBody {
  if (bytes.length === 0) return { tag: 'empty' };
  try {
    return toWireBody(decodeUtf8(bytes));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return toWireBody(bytes);
  }
}

function isStandardResponse(value: unknown): value is StandardResponse {
  const candidate = value as Partial<StandardResponse> | null | undefined;
  return typeof candidate?.status === 'number' && typeof candidate.arrayBuffer === 'function';
}
