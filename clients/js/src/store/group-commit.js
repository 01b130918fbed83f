/**
 * @typedef {object} Waiting
 * @property {import('./store.js').Write[]} writes
 * @property {() => void} resolve
 * @property {(error: unknown) => void} reject
 */

/** Writes that go to the disk together at most; more wait for the next time. */
const MAX_WRITES_AT_ONCE = 5_000;

/**
 * Lets commits that come while one is in progress share the next one: a disk takes one big write as fast as a small
 * one. Each commit stays whole, in the order of the calls.
 */
export class GroupCommit {
  #write;
  /** @type {Waiting[]} */
  #waiting = [];
  /** @type {Promise<void> | null} */
  #running = null;

  /** @param {(writes: import('./store.js').Write[]) => Promise<void>} write */
  constructor(write) {
    this.#write = write;
  }

  /**
   * @param {import('./store.js').Write[]} writes
   * @returns {Promise<void>}
   */
  commit(writes) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ writes, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is in progress. */
  async idle() {
    while (this.#running) await this.#running;
  }

  async #run() {
    while (this.#waiting.length) {
      const group = [];
      let count = 0;
      do {
        const next = /** @type {Waiting} */ (this.#waiting.shift());
        group.push(next);
        count += next.writes.length;
      } while (this.#waiting.length && count + this.#waiting[0].writes.length <= MAX_WRITES_AT_ONCE);
      try {
        await this.#write(group.flatMap(({ writes }) => writes));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    // In the same turn as the last look at what waits, or a commit in between would wait for ever.
    this.#running = null;
  }
}
