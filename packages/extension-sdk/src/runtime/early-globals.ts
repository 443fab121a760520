/** Loaded first of all: `core-js-pure` looks for these when it is loaded. */
import { installTimers } from './timers.ts';

installTimers();
