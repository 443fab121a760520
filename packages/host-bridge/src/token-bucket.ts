/** How often something may happen. */
export interface Rate {
  /** Times a second, in the long run. */
  readonly perSecond: number;
  /** Times at once, after a pause. */
  readonly burst: number;
}

/** Milliseconds of a clock that never goes back, such as `performance.now`. */
export type Clock = () => number;

/** Lets through what keeps to a rate. */
export class TokenBucket {
  readonly #rate: Rate;
  readonly #clock: Clock;
  #tokens: number;
  #filledAt: number;

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate;
    this.#clock = clock;
    this.#tokens = rate.burst;
    this.#filledAt = clock();
  }

  /** Whether one more may happen now; counts it if so. */
  take(): boolean {
    const now = this.#clock();
    const earned = ((now - this.#filledAt) / 1000) * this.#rate.perSecond;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + earned);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
