/** For an extension that encodes text. */
import { TextDecoder, TextEncoder } from '@exodus/bytes/encoding-lite.js';
import { defineGlobals } from './define.ts';

defineGlobals({ TextDecoder, TextEncoder });
