import { shared } from '../session/browser-storage.js';

/** People remembered at most; the oldest is forgotten first and asked for again when needed. */
const MAX_PEOPLE = 5_000;
/** People whose names are there also when the app starts offline. */
const MAX_KEPT = 500;
/** User ids asked for in one request. */
const BATCH = 50;
/** Ids are collected this long, in milliseconds, so that a whole list costs one request. */
const COLLECT_MS = 30;

/** Names of users, fetched when first asked for in this page; until then as they were the last time. Event: `change`. */
export class People extends EventTarget {
  #session;
  #known = new Map();
  /** As they were the last time. */
  #kept;
  #wanted = new Set();
  #timer = null;

  constructor(session) {
    super();
    this.#session = session;
    this.#kept = new Map(shared.get(this.#key, []).map((person) => [person.user_id, person]));
  }

  get #key() {
    return `people.${this.#session.account.user_id}`;
  }

  /** The person, at once; `known` is false while the name is still on its way. */
  get(userId) {
    const person = this.#known.get(userId);
    if (person) return person;
    this.#wanted.add(userId);
    this.#timer ??= setTimeout(() => this.#fetch(), COLLECT_MS);
    return this.#kept.get(userId) ?? { user_id: userId, name: 'Someone', handle: '', known: false };
  }

  /** People whose username begins with the query, in the server's order. */
  async find(query, limit = 12) {
    const reply = await this.#session.request('ums.users.find', { query, limit });
    return (reply.users ?? []).map((user) => this.#remember(user));
  }

  async #fetch() {
    this.#timer = null;
    const ids = [...this.#wanted].slice(0, BATCH);
    if (!ids.length) return;
    for (const id of ids) this.#wanted.delete(id);
    try {
      const reply = await this.#session.request('ums.users.find', { user_ids: ids, limit: BATCH });
      for (const user of reply.users ?? []) this.#remember(user);
      for (const id of ids) {
        if (!this.#known.has(id)) this.#remember({ user_id: id, profile: { name: 'Former user' } });
      }
      shared.set(this.#key, [...new Map([...this.#kept, ...this.#known]).values()].slice(-MAX_KEPT));
      this.dispatchEvent(new Event('change'));
    } catch {
      // Asked for again when next shown.
    }
    if (this.#wanted.size) this.#timer ??= setTimeout(() => this.#fetch(), COLLECT_MS);
  }

  #remember(user) {
    const name = user.profile?.name || user.username || `User ${user.user_id.slice(-4)}`;
    const handle = user.username && user.username !== name ? `@${user.username}` : '';
    const person = { user_id: user.user_id, name, handle, known: true };
    this.#known.delete(user.user_id);
    this.#known.set(user.user_id, person);
    if (this.#known.size > MAX_PEOPLE) this.#known.delete(this.#known.keys().next().value);
    return person;
  }
}
