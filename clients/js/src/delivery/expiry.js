/** The longest that setTimeout can wait, in milliseconds. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** Until a failing store is asked again, in milliseconds. */
const PAUSE_MS = 1_000;

/** Timer that removes the bodies of expiring messages from the device when they are due, by the server's clock, online or not. */
export class Expiry {
  #messageStore;
  #onFailure;
  /** @type {any} */
  #timer;
  #looking = false;
  #again = false;
  #closed = false;

  /**
   * @param {import('../messages/message-store.js').MessageStore} messageStore
   * @param {(failure: unknown) => void} onFailure
   */
  constructor(messageStore, onFailure) {
    this.#messageStore = messageStore;
    this.#onFailure = onFailure;
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** After a change, or when the clock was set. */
  schedule() {
    this.#again = true;
    if (this.#looking || this.#closed) return;
    this.#looking = true;
    this.#look()
      .catch((failure) => {
        this.#onFailure(failure);
        this.#wait(PAUSE_MS);
      })
      .finally(() => {
        this.#looking = false;
      });
  }

  async #look() {
    while (this.#again && !this.#closed) {
      this.#again = false;
      const next = await this.#messageStore.nextExpiry();
      if (next === undefined) {
        clearTimeout(this.#timer);
      } else if (next <= this.#messageStore.clock.now()) {
        await this.#messageStore.removeExpired();
        this.#again = true;
      } else {
        this.#wait(next - this.#messageStore.clock.now());
      }
    }
  }

  /** @param {number} ms */
  #wait(ms) {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => this.schedule(), Math.min(ms, MAX_TIMER_MS));
  }
}
