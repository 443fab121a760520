/** For an extension that uses URLs. */
import URL from 'core-js-pure/actual/url/index.js';
import URLSearchParams from 'core-js-pure/actual/url-search-params/index.js';
import { defineGlobals } from './define.ts';

defineGlobals({ URL, URLSearchParams });
