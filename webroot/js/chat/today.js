import { Store } from './store.js';

const DAY_MS = 86_400_000;

/** Day that it is here: names of days, and times in lists, are other ones after midnight. Event: `change`. */
export class Today extends Store {
  #day = new Date().toDateString();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    super();
    this.#schedule();
    // Timers stand still while a device sleeps.
    globalThis.document?.addEventListener('visibilitychange', this.#check);
  }

  #schedule() {
    const now = new Date();
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
    this.#timer = setTimeout(this.#check, Math.min(midnight - now.getTime() + 1, DAY_MS));
  }

  #check = () => {
    clearTimeout(this.#timer);
    this.#schedule();
    const day = new Date().toDateString();
    if (day === this.#day) return;
    this.#day = day;
    this.changed();
  };

  close() {
    clearTimeout(this.#timer);
    globalThis.document?.removeEventListener('visibilitychange', this.#check);
  }
}
