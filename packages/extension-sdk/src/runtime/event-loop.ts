import { host } from './bindings.ts';
import { logFault } from './fault.ts';

interface Timer {
  readonly id: number;
  readonly dueMs: number;
  readonly run: () => void;
}

/** Longest delay that a timer keeps, in milliseconds; as in browsers. */
const maxDelayMs = 0x7fff_ffff;

/**
 * Jobs and timers of one invocation. The sandbox has no loop of its own: whoever waits for a promise calls `settle`,
 * which runs jobs, and sleeps until the next timer is due when there is nothing else to do.
 */
export class EventLoop {
  #jobs: (() => void)[] = [];
  #running: (() => void) | undefined;
  /** To run again when there are no jobs. */
  #repeated: (() => void)[] = [];
  #isDrained = false;
  #timers: Timer[] = [];
  #lastId = 0;

  /** Runs `job` after what runs now. */
  readonly queue = (job: () => void): void => {
    this.#jobs.push(job);
  };

  /** Whether the job that runs does so again because there are no others. */
  get isDrained(): boolean {
    return this.#isDrained;
  }

  /** Runs the job that runs now once more, when there are no others. */
  repeatWhenDrained(): void {
    if (this.#running !== undefined) this.#repeated.push(this.#running);
  }

  /** Runs `run` after at least `delayMs` milliseconds; the timer's id, from 1. */
  schedule(run: () => void, delayMs: number): number {
    const delay = delayMs > 0 && delayMs <= maxDelayMs ? delayMs : 0;
    const timer = { id: ++this.#lastId, dueMs: Date.now() + delay, run };
    const later = this.#timers.findIndex((other) => other.dueMs > timer.dueMs);
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer);
    return timer.id;
  }

  /** Forgets a timer; an unknown id is ignored. */
  cancel(id: unknown): void {
    this.#timers = this.#timers.filter((timer) => timer.id !== id);
  }

  /** Runs the queued jobs and those that they queue, and the timers that are due by now. Later timers are dropped. */
  finish(): void {
    // Most handlers leave nothing behind.
    if (this.#jobs.length === 0 && this.#timers.length === 0) return;
    this.#runJobs();
    for (let due = this.#nextDue(); due !== undefined; due = this.#nextDue()) {
      run(due.run);
      this.#runJobs();
    }
    if (this.#timers.length > 0) this.#timers = [];
  }

  /**
   * Runs jobs and timers until `promise` is settled.
   * @returns what it is fulfilled with.
   * @throws what it is rejected with; Error when nothing is left that could settle it, or only a timer that comes due
   * after the invocation's deadline.
   */
  settle<T>(promise: PromiseLike<T>): T {
    let outcome: { value: T } | { error: unknown } | undefined;
    promise.then(
      (value) => {
        outcome = { value };
      },
      (error: unknown) => {
        outcome = { error };
      },
    );
    for (;;) {
      this.#runJobs();
      // The compiler does not see the callbacks above run.
      const settled = outcome as { value: T } | { error: unknown } | undefined;
      if (settled !== undefined) {
        if ('error' in settled) throw settled.error;
        return settled.value;
      }
      const timer = this.#timers.shift();
      if (timer === undefined) {
        throw new Error('The handler waits for something that does not happen within this invocation.');
      }
      sleepUntil(timer.dueMs);
      run(timer.run);
    }
  }

  #runJobs(): void {
    if (this.#jobs.length === 0) return;
    // Jobs queue more jobs, and the loop comes to those too.
    for (const job of this.#jobs) {
      this.#running = job;
      run(job);
    }
    this.#jobs = [];
    if (this.#repeated.length > 0) this.#runRepeated();
  }

  #runRepeated(): void {
    this.#isDrained = true;
    for (const job of this.#repeated) run(job);
    this.#repeated = [];
    this.#isDrained = false;
  }

  #nextDue(): Timer | undefined {
    const timer = this.#timers[0];
    return timer !== undefined && timer.dueMs <= Date.now() ? this.#timers.shift() : undefined;
  }
}

/** The loop of the sandbox. Jobs of module code, which runs when the component is built, run in the first invocation. */
export const loop = new EventLoop();

/** Nobody waits for what a job or a timer throws, so it is logged. */
function run(job: () => void): void {
  try {
    job();
  } catch (error) {
    logFault(error, []);
  }
}

function sleepUntil(dueMs: number): void {
  const { clock, context } = host();
  const waitMs = dueMs - Date.now();
  if (waitMs <= 0) return;
  const { deadlineMs } = context.current();
  if (waitMs >= deadlineMs) {
    throw new Error(`A timer is due in ${waitMs} ms, and the invocation ends in ${deadlineMs} ms.`);
  }
  clock.subscribeDuration(waitMs * 1_000_000).block();
}
