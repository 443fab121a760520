/** For an extension that uses promises or async functions. */
import './without-native-promise.ts';
import Promise from 'core-js-pure/actual/promise/index.js';
import { defineGlobals } from './define.ts';

defineGlobals({ Promise });
