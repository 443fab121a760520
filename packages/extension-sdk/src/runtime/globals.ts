/** Loaded before an extension in its component: the globals that the runtime lacks or has in a form that cannot be used. */
import './early-globals.ts';
import { TextDecoder, TextEncoder } from '@exodus/bytes/encoding-lite.js';
import Promise from 'core-js-pure/actual/promise/index.js';
import URL from 'core-js-pure/actual/url/index.js';
import URLSearchParams from 'core-js-pure/actual/url-search-params/index.js';
import { fetch } from '../web/fetch.ts';
import { Headers } from '../web/headers.ts';
import { Request } from '../web/request.ts';
import { Response } from '../web/response.ts';
import { createConsole } from './console.ts';
import { getRandomValues, invocationRandom, randomUUID } from './random.ts';

const globals = {
  console: createConsole(),
  crypto: { getRandomValues, randomUUID },
  fetch,
  Headers,
  Promise,
  Request,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
};

for (const [name, value] of Object.entries(globals)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
Math.random = invocationRandom.next;
