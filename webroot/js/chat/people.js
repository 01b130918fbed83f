import { shared } from '../session/browser-storage.js';
import { shownName } from '../text/shown.js';
import { skeleton } from '../text/skeleton.js';
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

const NOBODY = { name: 'Former user', username: '', known: true, missing: true };

/** Cache of users' names, fetched when first asked for in this page; until then as they were the last time. Event: `change`. */
export class People extends Store {
  #session;
  /** @type {Map<string, Person>} */
  #known = new Map();
  /** As they were the last time. @type {Map<string, Person>} */
  #kept;
  /** Users by what their names have in common that may be taken for each other. @type {Map<string, Set<string>>} */
  #bySkeleton = new Map();
  /** @type {Set<string>} */
  #wanted = new Set();
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;

  /** @param {{account: {user_id: string} | null, request: (operation: string, body: object) => Promise<any>}} session */
  constructor(session) {
    super();
    this.#session = session;
    this.#kept = new Map(shared.get(this.#key, []).map((/** @type {Person} */ person) => [person.user_id, person]));
    for (const person of this.#kept.values()) this.#index(person);
  }

  get #key() {
    return `people.${this.#session.account?.user_id}`;
  }

  /**
   * The person, at once, with the `@handle` that is shown: always beside a name that may be taken for another's.
   * @param {string} userId
   * @returns {Person & {handle: string, ambiguous: boolean, label: string}} label: name, and handle where it is needed
   */
  get(userId) {
    const person = this.#known.get(userId) ?? this.#kept.get(userId);
    if (!this.#known.has(userId)) this.#want(userId);
    return this.#shown(person ?? { user_id: userId, name: 'Someone', username: '', known: false });
  }

  /** @param {Person} person */
  #shown(person) {
    const { name, username } = person;
    const ambiguous = (this.#bySkeleton.get(skeleton(name))?.size ?? 0) > 1;
    const handle = username && (ambiguous || username !== name) ? `@${username}` : '';
    return { ...person, ambiguous, handle, label: ambiguous && handle ? `${name} ${handle}` : name };
  }

  /** @param {string} userId */
  #want(userId) {
    this.#wanted.add(userId);
    this.#timer ??= setTimeout(() => this.#fetch(), COLLECT_MS);
  }

  /**
   * People whose username begins with the query, in the server's order.
   * @param {string} query
   */
  async find(query, limit = 12) {
    const reply = await this.#session.request('ums.users.find', { query, limit });
    const found = (reply.users ?? []).map((/** @type {User} */ user) => this.#remember(user));
    this.changed();
    return found.map((/** @type {Person} */ person) => this.#shown(person));
  }

  async #fetch() {
    this.#timer = null;
    const ids = [...this.#wanted].slice(0, BATCH);
    if (!ids.length) return;
    for (const id of ids) this.#wanted.delete(id);
    try {
      await this.#fetchAll(ids);
      shared.set(this.#key, [...new Map([...this.#kept, ...this.#known]).values()].slice(-MAX_KEPT));
      this.changed();
    } catch {
      // Asked for again when next shown.
    }
    if (this.#wanted.size) this.#timer ??= setTimeout(() => this.#fetch(), COLLECT_MS);
  }

  /** @param {string[]} ids */
  async #fetchAll(ids) {
    try {
      const reply = await this.#session.request('ums.users.find', { user_ids: ids, limit: BATCH });
      for (const user of reply.users ?? []) this.#remember(user);
    } catch (error) {
      // One of them, from an address that somebody typed, is no id at all.
      if (/** @type {any} */ (error).code !== 'invalid_request') throw error;
      if (ids.length > 1) {
        for (const id of ids) await this.#fetchAll([id]);
        return;
      }
    }
    for (const id of ids) if (!this.#known.has(id)) this.#keep({ user_id: id, ...NOBODY });
  }

  /** @param {User} user */
  #remember(user) {
    const username = shownName(user.username);
    const name = shownName(user.profile?.name) || username || `User ${user.user_id.slice(-4)}`;
    return this.#keep({ user_id: user.user_id, name, username, known: true });
  }

  /** @param {Person} person */
  #keep(person) {
    this.#forget(person.user_id);
    this.#known.set(person.user_id, person);
    this.#index(person);
    if (this.#known.size > MAX_PEOPLE) this.#forget([...this.#known.keys()][0]);
    return person;
  }

  /** @param {string} userId */
  #forget(userId) {
    const person = this.#known.get(userId) ?? this.#kept.get(userId);
    if (!person) return;
    this.#known.delete(userId);
    const key = skeleton(person.name);
    const users = this.#bySkeleton.get(key);
    users?.delete(userId);
    if (!users?.size) this.#bySkeleton.delete(key);
  }

  /** @param {Person} person */
  #index({ user_id: userId, name, missing }) {
    if (missing) return;
    const key = skeleton(name);
    this.#bySkeleton.set(key, (this.#bySkeleton.get(key) ?? new Set()).add(userId));
  }
}
