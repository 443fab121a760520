/** For an extension that uses URLs. */
import { URL, URLSearchParams } from 'whatwg-url-minimum';
import { keep } from '../kept.ts';
import { defineGlobals } from './define.ts';

defineGlobals({ URL, URLSearchParams });

// As rehearsal.ts does for the rest.
const url = new URL('https://extension.invalid/a?b=c');
keep(url, url.href, url.pathname, url.searchParams, url.searchParams.get('b'));
