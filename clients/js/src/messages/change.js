import { Batch } from './batch.js';
import { entryKey, outboxKey } from './keys.js';
import { heldUpto, newConversation } from './record.js';

/** Characters of a message that a list of conversations may show. */
const PREVIEW_CHARACTERS = 200;
/** Entries that became news, read from the store at once. */
const PAGE = 200;

/**
 * Transaction of the message store, on drafts: records, outbox and listeners see it when it is on the disk, as a whole.
 */
export class Change {
  #records;
  /** @type {Map<string, import('./record.js').ConversationState>} */
  #drafts = new Map();
  /** @type {Set<string>} */
  #previews = new Set();
  /** @type {{event: keyof import('../types.js').Events, detail: any}[]} */
  events = [];
  /** @type {Map<string, import('./outbox.js').OutboxItem | null>} by client_id; null: it is gone */
  outboxChanges = new Map();

  /**
   * @param {import('../store/store.js').Store} store
   * @param {Map<string, import('./record.js').ConversationState>} records
   * @param {import('./outbox.js').Outbox} outbox
   * @param {string} me
   */
  constructor(store, records, outbox, me) {
    this.batch = new Batch(store);
    this.#records = records;
    this.outbox = outbox;
    this.me = me;
  }

  /** @param {string} conversationId */
  knows(conversationId) {
    return this.#records.has(conversationId) || this.#drafts.has(conversationId);
  }

  /**
   * The record to change.
   * @param {string} conversationId
   */
  record(conversationId) {
    let draft = this.#drafts.get(conversationId);
    if (!draft) {
      const known = this.#records.get(conversationId);
      draft = known ? structuredClone(known) : newConversation(conversationId, this.me);
      this.#drafts.set(conversationId, draft);
    }
    return draft;
  }

  /**
   * @template {keyof import('../types.js').Events} K
   * @param {K} event
   * @param {import('../types.js').Events[K]} detail
   */
  publish(event, detail) {
    this.events.push({ event, detail });
  }

  /**
   * The message in the list of conversations is to be made again.
   * @param {string} conversationId
   */
  refreshPreview(conversationId) {
    this.#previews.add(conversationId);
  }

  /** @param {import('./outbox.js').OutboxItem} item */
  queue(item) {
    const known = this.outbox.get(item.client_id);
    if (known) this.batch.put('outbox', outboxKey(known));
    this.batch.put('outbox', outboxKey(item), item);
    this.outboxChanges.set(item.client_id, item);
  }

  /** @param {import('./outbox.js').OutboxItem} item */
  unqueue(item) {
    this.batch.put('outbox', outboxKey(item));
    this.outboxChanges.set(item.client_id, null);
  }

  /** Puts the drafts among the writes. */
  async finish() {
    for (const conversationId of this.#previews) await this.#preview(this.record(conversationId));
    for (const draft of this.#drafts.values()) await this.#publishNews(draft);
    for (const draft of this.#drafts.values()) this.batch.put('conversations', draft.conversation_id, draft);
  }

  /**
   * Publishes the entries up to which the device now holds all that is news to it: each once, in the order of the log.
   * @param {import('./record.js').ConversationState} draft
   */
  async #publishNews(draft) {
    const id = draft.conversation_id;
    const before = this.#records.get(id);
    const upto = heldUpto(draft);
    for (let at = Math.max(before ? heldUpto(before) : 0, draft.from) + 1; at <= upto; at += PAGE) {
      const page = await this.batch.list('entries', entryKey(id, at), entryKey(id, Math.min(upto, at + PAGE - 1)));
      for (const [, entry] of page.sort(([a], [b]) => (a < b ? -1 : 1))) {
        this.publish('entry', entry);
        this.publish(entry.kind === 'message' ? 'message' : 'change', entry);
      }
    }
  }

  /** The drafts now are the records. */
  adopt() {
    for (const [id, draft] of this.#drafts) this.#records.set(id, draft);
    for (const [clientId, item] of this.outboxChanges) {
      if (item) this.outbox.put(item);
      else this.outbox.remove(clientId);
    }
  }

  /** Conversations that changed. */
  get touched() {
    const waiting = [...this.outboxChanges.values()].map((item) => item?.conversation_id).filter(Boolean);
    return [...new Set([...this.#drafts.keys(), .../** @type {string[]} */ (waiting)])];
  }

  /** @param {import('./record.js').ConversationState} record */
  async #preview(record) {
    if (!record.last) return;
    const key = entryKey(record.conversation_id, record.last.seq);
    const entry = await this.batch.get('entries', key);
    if (!entry) return;
    const effects = await this.batch.get('effects', key);
    const removed = effects?.removed ?? entry.removed;
    const { seq, sender_id, stored_at, expires_at } = entry;
    record.last = { seq, sender_id, stored_at, expires_at };
    if (removed) record.last.removed = removed;
    else record.last.body = short(effects?.edit?.body ?? entry.body);
  }
}

/** @param {any} body */
function short(body) {
  if (!body) return undefined;
  const { type, text, name, mime_type, voice } = body;
  return {
    type,
    text: typeof text === 'string' ? text.slice(0, PREVIEW_CHARACTERS) : undefined,
    name,
    mime_type,
    voice,
  };
}
