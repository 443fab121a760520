/** The library has no types of its own. */
declare module 'promise-polyfill' {
  const Promise: PromiseConstructor & {
    /** Runs a job after what runs now. */
    _immediateFn: (job: () => void) => void;
    /** Told of a rejection that has no handler when the jobs before it are done. */
    _unhandledRejectionFn: (reason: unknown) => void;
  };
  export default Promise;
}
