/** Globals of every component. Loaded after the larger ones, which ask for a random number when they are loaded. */
import { createConsole } from '../console.ts';
import { getRandomValues, invocationRandom, randomUUID } from '../random.ts';
import { clearTimeout, queueMicrotask, setTimeout } from '../timers.ts';
import { defineGlobals } from './define.ts';

defineGlobals({
  console: createConsole(),
  crypto: { getRandomValues, randomUUID },
  setTimeout,
  clearTimeout,
  queueMicrotask,
});
Math.random = invocationRandom.next;
