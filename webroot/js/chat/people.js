import { shared } from '../session/browser-storage.js';
import { Store } from './store.js';

/** @typedef {import('./types.js').Person} Person */
/** @typedef {{user_id: string, username?: string, profile?: {name?: string}}} User as the server tells of one */

/** People remembered at most; the oldest is forgotten first and asked for again when needed. */
const MAX_PEOPLE = 5_000;
/** People whose names are there also when the app starts offline. */
const MAX_KEPT = 500;
/** User ids asked for in one request. */
const BATCH = 50;
/** Ids are collected this long, in milliseconds, so that a whole list costs one request. */
const COLLECT_MS = 30;

/** Cache of users' names, fetched when first asked for in this page; until then as they were the last time. Event: `change`. */
export class People extends Store {
  #session;
  /** @type {Map<string, Person>} */
  #known = new Map();
  /** As they were the last time. @type {Map<string, Person>} */
  #kept;
  /** @type {Set<string>} */
  #wanted = new Set();
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;

  /** @param {{account: {user_id: string} | null, request: (operation: string, body: object) => Promise<any>}} session */
  constructor(session) {
    super();
    this.#session = session;
    this.#kept = new Map(shared.get(this.#key, []).map((/** @type {Person} */ person) => [person.user_id, person]));
  }

  get #key() {
    return `people.${this.#session.account?.user_id}`;
  }

  /**
   * The person, at once; `known` is false while the name is still on its way.
   * @param {string} userId
   * @returns {Person}
   */
  get(userId) {
    const person = this.#known.get(userId);
    if (person) return person;
    this.#wanted.add(userId);
    this.#timer ??= setTimeout(() => this.#fetch(), COLLECT_MS);
    return this.#kept.get(userId) ?? { user_id: userId, name: 'Someone', handle: '', known: false };
  }

  /**
   * People whose username begins with the query, in the server's order.
   * @param {string} query
   * @returns {Promise<Person[]>}
   */
  async find(query, limit = 12) {
    const reply = await this.#session.request('ums.users.find', { query, limit });
    return (reply.users ?? []).map((/** @type {User} */ user) => this.#remember(user));
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
      this.changed();
    } catch {
      // Asked for again when next shown.
    }
    if (this.#wanted.size) this.#timer ??= setTimeout(() => this.#fetch(), COLLECT_MS);
  }

  /** @param {User} user */
  #remember(user) {
    const name = user.profile?.name || user.username || `User ${user.user_id.slice(-4)}`;
    const handle = user.username && user.username !== name ? `@${user.username}` : '';
    const person = { user_id: user.user_id, name, handle, known: true };
    this.#known.delete(user.user_id);
    this.#known.set(user.user_id, person);
    if (this.#known.size > MAX_PEOPLE) this.#known.delete([...this.#known.keys()][0]);
    return person;
  }
}
