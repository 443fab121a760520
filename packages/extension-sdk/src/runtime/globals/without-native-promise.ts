/**
 * The runtime does not come to run the jobs of its own promises before the sandbox ends. They go, so that the library that
 * stands in for them does not fall back on them; it looks for `queueMicrotask` when it is loaded.
 */
import { queueMicrotask, setTimeout } from '../timers.ts';
import { defineGlobals } from './define.ts';

defineGlobals({ queueMicrotask, setTimeout });
Reflect.deleteProperty(globalThis, 'Promise');
Reflect.deleteProperty(Array, 'fromAsync');
