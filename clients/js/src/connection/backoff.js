/** First pause, in milliseconds; each further failure doubles it. */
const FIRST_MS = 400;
/** The longest pause, in milliseconds: a server that is back is noticed within this. */
const CAP_MS = 8_000;

/**
 * Pauses between attempts to connect. The jitter comes after the cap, so that thousands of clients that lost one
 * server do not come back in step.
 */
export class Backoff {
  #failures = 0;

  /** @param {() => number} [random] */
  constructor(random = Math.random) {
    this.random = random;
  }

  /**
   * The next pause in milliseconds, never below `atLeastMs`.
   * @param {number} [atLeastMs]
   */
  next(atLeastMs = 0) {
    const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 16);
    return atLeastMs + ceiling * (0.5 + this.random() / 2);
  }

  reset() {
    this.#failures = 0;
  }
}
