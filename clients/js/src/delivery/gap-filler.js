import { JovialError } from '../error.js';
import { gaps } from '../messages/record.js';

/** Entries asked for at once. */
const PAGE = 200;
/** The pause after the server refused, in milliseconds. */
const PAUSE_MS = 1_000;

/**
 * Fetches what the device should have and has not: entries whose push was lost, and the older part of a long absence.
 * One page at a time over all conversations, those poked last first, the oldest hole of each first.
 */
export class GapFiller {
  #messageStore;
  #server;
  /** @type {Set<string>} */
  #wanted = new Set();
  /** Refused permanently; asked for again after the next sync. @type {Set<string>} */
  #refused = new Set();
  #running = false;

  /**
   * @param {import('../messages/message-store.js').MessageStore} messageStore
   * @param {import('../connection/server-connection.js').ServerConnection} server
   */
  constructor(messageStore, server) {
    this.#messageStore = messageStore;
    this.#server = server;
  }

  scheduleAll() {
    this.#refused.clear();
    this.schedule(this.#messageStore.records.map(({ conversation_id }) => conversation_id));
  }

  /** @param {string[]} conversationIds */
  schedule(conversationIds) {
    for (const id of conversationIds) {
      const record = this.#messageStore.record(id);
      if (record && !this.#refused.has(id) && gaps(record).length) this.#wanted.add(id);
    }
    if (!this.#running && this.#wanted.size) {
      this.#run().catch((failure) => console.error('Filling gaps stopped:', failure));
    }
  }

  async #run() {
    this.#running = true;
    try {
      await this.#fillAll();
    } finally {
      // In the same turn as the last look at what is wanted.
      this.#running = false;
    }
  }

  async #fillAll() {
    while (this.#wanted.size && this.#server.online) {
      const id = /** @type {string} */ ([...this.#wanted].at(-1));
      const record = this.#messageStore.record(id);
      const [hole] = record ? gaps(record) : [];
      if (!hole) {
        this.#wanted.delete(id);
        continue;
      }
      try {
        await fillGap(this.#messageStore, this.#server, id, hole);
      } catch (error) {
        const failure = error instanceof JovialError ? error : new JovialError('internal', String(error));
        if (failure.lost) return;
        if (failure.temporary) {
          await new Promise((resolve) => setTimeout(resolve, Math.max(failure.retryAfterMs, PAUSE_MS)));
        } else {
          this.#wanted.delete(id);
          this.#refused.add(id);
        }
      }
    }
  }
}

/**
 * Fetches the beginning of a hole.
 * @param {import('../messages/message-store.js').MessageStore} messageStore
 * @param {import('../connection/server-connection.js').ServerConnection} server
 * @param {string} conversationId
 * @param {[number, number]} hole
 */
async function fillGap(messageStore, server, conversationId, hole) {
  const limit = Math.min(PAGE, hole[1] - hole[0] + 1);
  const request = { conversation_id: conversationId, after: hole[0] - 1, limit };
  const page = await server.request('mss.history', request);
  await messageStore.applyHistoryPage(conversationId, page, { gap: hole });
}
