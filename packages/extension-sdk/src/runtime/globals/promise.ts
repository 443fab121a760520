/** For an extension that uses promises or async functions. */
import './before-promise.ts';
import Promise from 'promise-polyfill';
import { loop } from '../event-loop.ts';
import { logFault } from '../fault.ts';
import { keep } from '../kept.ts';
import { defineGlobals } from './define.ts';

Promise._immediateFn = loop.queue;
Promise._unhandledRejectionFn = (reason) => {
  // A later job may still bring the handler: what is called for such a rejection asks again after the last one.
  if (loop.isDrained) logFault(reason, []);
  else loop.repeatWhenDrained();
};

// The library takes arrays where the standard takes whatever can be iterated over.
for (const name of ['all', 'allSettled', 'any', 'race'] as const) {
  const ofArray = Promise[name].bind(Promise) as (values: unknown[]) => unknown;
  define(
    name,
    (values: Iterable<unknown>) =>
      new Promise((resolve) => {
        resolve(ofArray([...values]));
      }),
  );
}
define(
  'try',
  (work: (...args: unknown[]) => unknown, ...args: unknown[]) =>
    new Promise((resolve) => {
      resolve(work(...args));
    }),
);
define('withResolvers', () => {
  let resolve: unknown;
  let reject: unknown;
  const promise = new Promise((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
});
// The library keeps a promise's value where JSON would show it: a forgotten `await` must not put it into an answer or a log.
define('toJSON', () => ({}), Promise.prototype);
defineGlobals({ Promise });

// As rehearsal.ts does for the rest, before the extension's own code can queue jobs.
loop.settle(rehearse());

async function rehearse(): Promise<void> {
  const made = Promise.resolve();
  keep(
    made,
    made.then(() => undefined),
  );
  await made;
}

function define(name: string, value: unknown, on: object = Promise): void {
  Object.defineProperty(on, name, { value, configurable: true, writable: true });
}
