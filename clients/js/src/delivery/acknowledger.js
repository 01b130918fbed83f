import { soon } from '../connection/timers.js';
import { JovialError } from '../error.js';
import { owedReceipt } from '../messages/record.js';

/** Receipts are gathered this long, in milliseconds, so that a run of messages costs one. */
const GATHER_MS = 300;
/** Receipts on their way at once. */
const MAX_UNDER_WAY = 8;

/**
 * Tells the server how far the device holds, and the person has read, each conversation. What is owed follows from the
 * local MSS alone, and nothing gets there before it is on the disk: so nothing is told that the device does not hold,
 * and nothing stays untold after a crash.
 */
export class Acknowledger {
  #messageStore;
  #server;
  /** @type {Set<string>} */
  #owed = new Set();
  /** @type {Set<string>} */
  #underWay = new Set();
  /** @type {(() => void) | undefined} */
  #cancel;
  #closed = false;

  /**
   * @param {import('../messages/message-store.js').MessageStore} messageStore
   * @param {import('../connection/server-connection.js').ServerConnection} server
   */
  constructor(messageStore, server) {
    this.#messageStore = messageStore;
    this.#server = server;
  }

  close() {
    this.#closed = true;
    this.#cancel?.();
  }

  /** Looks at all conversations. */
  scheduleAll() {
    this.schedule(this.#messageStore.records.map(({ conversation_id }) => conversation_id));
  }

  /** @param {string[]} conversationIds */
  schedule(conversationIds) {
    for (const id of conversationIds) {
      const record = this.#messageStore.record(id);
      if (record && owedReceipt(record)) this.#owed.add(id);
    }
    if (this.#owed.size && !this.#closed) this.#cancel ??= soon(GATHER_MS, () => this.#flush());
  }

  #flush() {
    this.#cancel = undefined;
    // A first sync may tell that the server knows more than we do.
    if (!this.#server.online || this.#messageStore.firstSync) return;
    for (const id of this.#owed) {
      if (this.#underWay.size >= MAX_UNDER_WAY) break;
      if (this.#underWay.has(id)) continue;
      this.#owed.delete(id);
      this.#underWay.add(id);
      this.#tell(id)
        .catch((failure) => console.error('A receipt failed:', failure))
        .finally(() => {
          this.#underWay.delete(id);
          this.schedule([]);
        });
    }
  }

  /** @param {string} id */
  async #tell(id) {
    const record = this.#messageStore.record(id);
    const receipt = record && owedReceipt(record);
    if (!receipt) return;
    try {
      await this.#server.request('mds.ack', { conversation_id: id, ...receipt });
    } catch (error) {
      // Not for now: still owed after the next sync.
      if (error instanceof JovialError && error.temporary && !error.lost) this.#owed.add(id);
      return;
    }
    await this.#messageStore.applyAcknowledged(id, receipt);
    this.schedule([id]);
  }
}
