import { Store } from './store.js';

/** Whose presence is asked for: those with the newest conversations. */
const MAX_WATCHED = 100;

/** Presence of the people who are shown: `{online, last_seen}` by user id. Event: `change`. */
export class Presence extends Store {
  #client;
  /** @type {Map<string, {online: boolean, last_seen?: string}>} */
  #byUser = new Map();
  #watched = '';

  /** @param {import('./types.js').Client} client */
  constructor(client) {
    super();
    this.#client = client;
  }

  /** @param {string} userId */
  get(userId) {
    return this.#byUser.get(userId);
  }

  /** @param {{user_id: string, online: boolean, last_seen?: string}} event */
  apply({ user_id: userId, online, last_seen }) {
    this.#byUser.set(userId, { online, last_seen });
    this.changed();
  }

  /** Without a connection nobody's presence is known. */
  forget() {
    this.#byUser.clear();
    this.changed();
  }

  /** Asks again what the last answer did not say. */
  renew() {
    if (!this.#byUser.size) this.#watched = '';
  }

  /** @param {string[]} userIds */
  watch(userIds) {
    const ids = userIds.slice(0, MAX_WATCHED);
    const key = [...ids].sort().join();
    if (key === this.#watched) return;
    this.#watched = key;
    // Asked again after the next sync, should it fail.
    this.#client.watchPresence(ids).catch(() => {});
  }
}
