import { JovialError } from '../error.js';

/** While connected, what a lost push left out is noticed within this time, in milliseconds. */
const CHECK_MS = 60_000;
/** Entries a page. */
const PAGE = 200;
/** Conversations whose end is told; the server tells the newest entries of the others again. */
const MAX_HAVE = 500;
/** The pause after the server refused, in milliseconds. */
const PAUSE_MS = 1_000;

/** `mss.sync`: the one path for the first load, a reconnect and the slow check. */
export class Sync {
  #messageStore;
  #server;
  #onDone;
  /** @type {Promise<void> | null} */
  #running = null;
  #again = false;
  /** @type {any} */
  #timer;
  #closed = false;

  /**
   * @param {import('../messages/message-store.js').MessageStore} messageStore
   * @param {import('../connection/server-connection.js').ServerConnection} server
   * @param {() => void} onDone after each sync that came to its end
   */
  constructor(messageStore, server, onDone) {
    this.#messageStore = messageStore;
    this.#server = server;
    this.#onDone = onDone;
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Syncs now, and once more if one is in progress already. */
  run() {
    this.#again = true;
    this.#running ??= this.#loop();
    return this.#running;
  }

  async #loop() {
    clearTimeout(this.#timer);
    try {
      await this.#untilDone();
    } finally {
      // In the same turn as the last look at `again`.
      this.#running = null;
      if (!this.#closed)
        this.#timer = setTimeout(
          () => this.run().catch((error) => console.error('A sync failed:', error)),
          CHECK_MS * (0.8 + Math.random() * 0.4),
        );
    }
  }

  async #untilDone() {
    while (this.#again && this.#server.online && !this.#closed) {
      this.#again = false;
      try {
        await this.#pages();
        this.#onDone();
      } catch (error) {
        if (!(error instanceof JovialError)) throw error;
        if (error.lost || !this.#server.online) return;
        this.#again = true;
        await new Promise((resolve) => setTimeout(resolve, Math.max(error.retryAfterMs, PAUSE_MS)));
      }
    }
  }

  async #pages() {
    for (let more = true; more; ) {
      const page = await this.#page();
      await this.#messageStore.applySyncPage(page);
      more = page.more === true;
    }
  }

  async #page() {
    const { cursor } = this.#messageStore;
    const request = { have: this.#have(), limit: PAGE };
    try {
      return await this.#server.request('mss.sync', cursor ? { ...request, cursor } : request);
    } catch (error) {
      if (!cursor || !(error instanceof JovialError) || error.code !== 'invalid_request') throw error;
      // A cursor that the server cannot read: all of it, then.
      return this.#server.request('mss.sync', request);
    }
  }

  #have() {
    const held = this.#messageStore.records.filter(({ ranges }) => ranges.length);
    held.sort((a, b) => ((a.last_stored_at ?? '') < (b.last_stored_at ?? '') ? 1 : -1));
    return Object.fromEntries(
      held.slice(0, MAX_HAVE).map((record) => [record.conversation_id, record.ranges.at(-1)?.[1] ?? 0]),
    );
  }
}
