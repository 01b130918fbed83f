import { shared } from '../session/browser-storage.js';

/** Conversations remembered per account; the least recently used are forgotten first. */
const MAX_CONVERSATIONS = 500;

/**
 * What this browser remembers of an account's conversations from one visit to the next: their ids and how far
 * they were read. Messages are not kept here. All tabs share it; read positions only move forward.
 */
export class ConversationIndex {
  #key;

  constructor(userId) {
    this.#key = `index.${userId}`;
  }

  /** False on the first visit: then nobody can tell what was read elsewhere. */
  get exists() {
    return shared.get(this.#key) !== null;
  }

  /** Records `{peerId, id, readSeq}`. */
  list() {
    return Object.entries(shared.get(this.#key, {})).map(([peerId, [id, readSeq]]) => ({ peerId, id, readSeq }));
  }

  save(conversations) {
    const records = shared.get(this.#key, {});
    for (const { peerId, id, readSeq } of conversations) {
      if (!id) continue;
      const read = Math.max(readSeq, records[peerId]?.[1] ?? 0);
      delete records[peerId];
      records[peerId] = [id, read];
    }
    shared.set(this.#key, Object.fromEntries(Object.entries(records).slice(-MAX_CONVERSATIONS)));
  }

  /** Calls back when another tab moved a read position. Returns a function that ends this. */
  watch(callback) {
    const listener = (event) => event.key === `jovial.${this.#key}` && callback();
    window.addEventListener('storage', listener);
    return () => window.removeEventListener('storage', listener);
  }
}
