import { JovialError } from '../error.js';
import { entryKey } from '../messages/keys.js';
import { heldUpto } from '../messages/record.js';
import { matches } from './where.js';

/** Entries of the log, for which a trigger fires once each; other events are told as they come. */
const ENTRY_KINDS = new Set(['message', 'edit', 'redaction', 'reaction', 'member', 'space']);
/** A rule that takes longer, in milliseconds, has failed: the others go on. */
const TIME_LIMIT_MS = 10_000;
/** Entries read from the store at once. */
const PAGE = 100;
/** Rules of an app. */
const MAX_TRIGGERS = 100;

/**
 * A rule of the app that fires on the device.
 *
 * @typedef {object} Trigger
 * @property {string} name says which rule this is after a restart
 * @property {string} on `message`, `edit`, `redaction`, `reaction`; or `receipt`, `typing`, `presence`, which are told live only
 * @property {import('./where.js').Where} [where]
 * @property {number} [priority] higher ones first; 0 if not given
 * @property {(event: any, context: TriggerContext) => any} do may return a promise
 *
 * @typedef {object} TriggerContext
 * @property {(key: string, value: any) => void} put keeps a value in the store, together with the note that this fired;
 *   read it with `client.kept(prefix)`
 */

/**
 * Engine of the app's triggers: they are evaluated for every entry that is news to the device, whether it came live, by sync or in a gap, in
 * the order of the log, from the first entry after the trigger was registered on this device.
 *
 * Exactly once: how far a trigger has got in a conversation is stored when `do` has finished, in one commit with what it
 * `put`. So what it `put` happens exactly once, also across crashes. What it does elsewhere, such as showing a
 * notification, happens again if the device dies between that and the commit. A `do` that throws counts as finished.
 */
export class TriggerEngine {
  #messageStore;
  #store;
  #emit;
  /** @type {Trigger[]} in the order in which they fire */
  #triggers = [];
  /** `since`: where each conversation stood when the trigger was registered. @type {Map<string, {paused: boolean, since: Record<string, number>}>} */
  #states = new Map();
  /** How far each has got, by `name/conversation`. @type {Map<string, number>} */
  #upto = new Map();
  /** @type {Set<string>} */
  #dirty = new Set();
  #running = false;

  /**
   * @param {import('../messages/message-store.js').MessageStore} messageStore
   * @param {import('../store/store.js').Store} store
   * @param {import('../types.js').Emit} emit
   */
  constructor(messageStore, store, emit) {
    this.#messageStore = messageStore;
    this.#store = store;
    this.#emit = emit;
  }

  async open() {
    for (const [key, value] of await this.#store.list('triggers')) {
      if (key.includes('/')) this.#upto.set(key, value);
      else this.#states.set(key, value);
    }
  }

  /** @param {Trigger} trigger */
  async add(trigger) {
    checkTrigger(trigger);
    if (this.#triggers.length >= MAX_TRIGGERS)
      throw new JovialError('invalid_request', `There may be ${MAX_TRIGGERS} triggers.`);
    this.#triggers = [...this.#triggers.filter(({ name }) => name !== trigger.name), trigger];
    this.#triggers.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
    if (!this.#states.has(trigger.name)) {
      const since = Object.fromEntries(
        this.#messageStore.records.map((record) => [record.conversation_id, heldUpto(record)]),
      );
      this.#states.set(trigger.name, { paused: false, since });
      await this.#save(trigger.name);
    }
    this.scheduleAll();
  }

  /**
   * Forgets a trigger, and how far it got.
   * @param {string} name
   */
  async remove(name) {
    this.#triggers = this.#triggers.filter((trigger) => trigger.name !== name);
    this.#states.delete(name);
    const keys = [...this.#upto.keys()].filter((key) => key.startsWith(`${name}/`));
    for (const key of keys) this.#upto.delete(key);
    await this.#store.commit([name, ...keys].map((key) => ({ table: /** @type {const} */ ('triggers'), key })));
  }

  /**
   * It does nothing until it is resumed, also after a restart.
   * @param {string} name
   */
  pause(name) {
    return this.#setPaused(name, true);
  }

  /**
   * It catches up.
   * @param {string} name
   */
  async resume(name) {
    await this.#setPaused(name, false);
    this.scheduleAll();
  }

  /**
   * @param {string} name
   * @param {boolean} paused
   */
  async #setPaused(name, paused) {
    const state = this.#states.get(name);
    if (!state) throw new JovialError('not_found', `There is no trigger '${name}'.`);
    state.paused = paused;
    await this.#save(name);
  }

  /** @param {string} name */
  #save(name) {
    return this.#store.commit([{ table: 'triggers', key: name, value: this.#states.get(name) }]);
  }

  /**
   * An event that is no entry.
   * @param {string} type
   * @param {any} event
   */
  async handleLive(type, event) {
    for (const trigger of this.#triggers) {
      if (trigger.on !== type || this.#states.get(trigger.name)?.paused || !matches(event, trigger.where)) continue;
      /** @type {import('../store/store.js').Write[]} */
      const writes = [];
      await this.#fire(trigger, event, writes);
      if (writes.length) await this.#store.commit(writes);
    }
  }

  scheduleAll() {
    this.schedule(this.#messageStore.records.map(({ conversation_id }) => conversation_id));
  }

  /** @param {string[]} conversationIds */
  schedule(conversationIds) {
    // Only after a first sync is it known what is news.
    if (!this.#triggers.length || this.#messageStore.firstSync) return;
    for (const id of conversationIds) this.#dirty.add(id);
    if (this.#running) return;
    this.#running = true;
    this.#run()
      .catch((failure) => this.#emit('error', { error: failure }))
      .finally(() => {
        this.#running = false;
        if (this.#dirty.size) this.schedule([]);
      });
  }

  async #run() {
    for (const id of this.#dirty) {
      this.#dirty.delete(id);
      while (await this.#evaluate(id));
    }
  }

  /**
   * A page of a conversation; resolves with whether there may be more.
   * @param {string} id
   */
  async #evaluate(id) {
    const record = this.#messageStore.record(id);
    if (!record) return false;
    const upto = heldUpto(record);
    const due = this.#triggers.filter(
      ({ name, on }) => ENTRY_KINDS.has(on) && this.#uptoOf(name, id) < upto && !this.#states.get(name)?.paused,
    );
    if (!due.length) return false;
    const from = Math.min(...due.map(({ name }) => this.#uptoOf(name, id)));
    const to = Math.min(upto, from + PAGE);
    const rows = await this.#store.list('entries', { from: entryKey(id, from + 1), to: entryKey(id, to) });
    for (const [, entry] of rows) {
      for (const trigger of due) {
        if (trigger.on === entry.kind && this.#uptoOf(trigger.name, id) < entry.seq)
          await this.#evaluateEntry(trigger, entry);
      }
    }
    const passed = due.filter(
      ({ name }) => this.#states.has(name) && this.#uptoOf(name, id) < to && !this.#states.get(name)?.paused,
    );
    await this.#store.commit(passed.map(({ name }) => this.#advance(name, id, to)));
    return to < upto;
  }

  /**
   * @param {Trigger} trigger
   * @param {any} entry
   */
  async #evaluateEntry(trigger, entry) {
    const { name } = trigger;
    // Paused or removed by a rule that fired before it.
    if (!this.#states.has(name) || this.#states.get(name)?.paused || !matches(entry, trigger.where)) return;
    /** @type {import('../store/store.js').Write[]} */
    const writes = [];
    await this.#fire(trigger, entry, writes);
    if (!this.#states.has(name)) return;
    writes.push(this.#advance(name, entry.conversation_id, entry.seq));
    await this.#store.commit(writes);
  }

  /**
   * Up to here every trigger has seen the conversation.
   * @param {string} id
   */
  seenUpto(id) {
    const names = [...this.#states.keys()];
    return names.length ? Math.min(...names.map((name) => this.#uptoOf(name, id))) : Infinity;
  }

  /**
   * @param {string} name
   * @param {string} id
   */
  #uptoOf(name, id) {
    const since = this.#states.get(name)?.since[id] ?? 0;
    return Math.max(this.#upto.get(`${name}/${id}`) ?? since, this.#messageStore.record(id)?.from ?? 0);
  }

  /**
   * @param {string} name
   * @param {string} id
   * @param {number} upto
   * @returns {import('../store/store.js').Write}
   */
  #advance(name, id, upto) {
    const key = `${name}/${id}`;
    this.#upto.set(key, upto);
    return { table: 'triggers', key, value: upto };
  }

  /**
   * @param {Trigger} trigger
   * @param {any} event
   * @param {import('../store/store.js').Write[]} writes
   */
  async #fire(trigger, event, writes) {
    /** @type {any} */
    let timer;
    let open = true;
    const put = (/** @type {string} */ key, /** @type {any} */ value) => {
      if (open) writes.push({ table: 'app', key, value });
    };
    try {
      const limit = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`it took more than ${TIME_LIMIT_MS} ms`)), TIME_LIMIT_MS);
      });
      await Promise.race([trigger.do(structuredClone(event), { put }), limit]);
    } catch (failure) {
      this.#emit('error', { trigger: trigger.name, error: failure });
    } finally {
      open = false;
      clearTimeout(timer);
    }
  }
}

/** @param {Trigger} trigger */
function checkTrigger({ name, on, do: action }) {
  if (typeof name !== 'string' || !name || name.includes('/')) {
    throw new JovialError('invalid_request', 'A trigger needs a name without slashes, the same at each start.');
  }
  if (typeof on !== 'string' || !on)
    throw new JovialError('invalid_request', `Trigger '${name}' needs 'on': message, edit, ...`);
  if (typeof action !== 'function')
    throw new JovialError('invalid_request', `Trigger '${name}' needs 'do': a function.`);
}
