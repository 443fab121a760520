/** For an extension that uses the Fetch standard's classes. */
import './promise.ts';
import './url.ts';
import { fetch } from '../../web/fetch.ts';
import { Headers } from '../../web/headers.ts';
import { Request } from '../../web/request.ts';
import { Response } from '../../web/response.ts';
import { defineGlobals } from './define.ts';

defineGlobals({ fetch, Headers, Request, Response });
