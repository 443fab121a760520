/**
 * The runtime does not come to run the jobs of its own promises before the sandbox ends: what makes such promises goes. The
 * library that stands in for them looks for `setTimeout` when it is loaded.
 */
import { setTimeout } from '../timers.ts';
import { defineGlobals } from './define.ts';

defineGlobals({ setTimeout });
Reflect.deleteProperty(Array, 'fromAsync');
