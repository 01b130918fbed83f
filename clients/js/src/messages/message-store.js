import { JovialError } from '../error.js';
import { ServerClock } from '../clock.js';
import { Change } from './change.js';
import { evict } from './eviction.js';
import { applyEffect, applyEntry, removeExpired } from './ingest.js';
import { EXPIRY, entryKey, expiryOf } from './keys.js';
import { Outbox } from './outbox.js';
import { add } from './ranges.js';
import { advance, isUnread } from './record.js';
import { readMessage, readMessages, summaryOf } from './views.js';

const CLOCK_OFFSET = 'clock_offset_ms';
/** A clock that changed by less is not worth a write, in milliseconds. */
const CLOCK_SLACK_MS = 1_000;
/** Unread messages are counted no further. */
const MAX_UNREAD = 10_000;

/**
 * The Message Storage System of the device: conversations, entries, receipts and the outbox, in a store. It alone
 * writes them; changes happen one after the other, each as a whole, and are told when they are on the disk.
 */
export class MessageStore {
  #store;
  /** @type {Map<string, import('./record.js').ConversationState>} */
  #records = new Map();
  /** @type {Promise<any>} */
  #turn = Promise.resolve();

  outbox = new Outbox();
  clock = new ServerClock();
  /** Where the next sync starts; undefined on a new device. @type {string | undefined} */
  cursor;
  /** Set by the first page of a first sync, until the last. */
  firstSync = true;
  /** Told after each change, with the conversations concerned. @type {(conversationIds: string[]) => void} */
  onTouched = () => {};

  /** Gets what happened, when it is on the disk. @type {import('../types.js').Emit} */
  onEvent = () => {};

  /** @param {import('../store/store.js').Store} store */
  constructor(store) {
    this.#store = store;
    this.me = '';
  }

  /** @param {string} me */
  async open(me) {
    const owner = await this.#store.get('meta', 'user_id');
    if (owner && owner !== me) {
      throw new JovialError(
        'conflict',
        `This store holds the messages of another user, ${owner}. Give each user a store of their own.`,
      );
    }
    this.me = me;
    if (!owner) await this.#store.commit([{ table: 'meta', key: 'user_id', value: me }]);
    this.cursor = await this.#store.get('meta', 'cursor');
    this.firstSync = (await this.#store.get('meta', 'synced')) !== true;
    this.clock.offsetMs = (await this.#store.get('meta', CLOCK_OFFSET)) ?? 0;
    for (const [id, record] of await this.#store.list('conversations')) this.#records.set(id, record);
    this.outbox.load((await this.#store.list('outbox')).map(([, item]) => item));
  }

  /** Keeps how far the device's clock is off: it is needed before the next connection, too. */
  async saveClock() {
    const kept = (await this.#store.get('meta', CLOCK_OFFSET)) ?? 0;
    if (Math.abs(kept - this.clock.offsetMs) < CLOCK_SLACK_MS) return;
    await this.#store.commit([{ table: 'meta', key: CLOCK_OFFSET, value: this.clock.offsetMs }]);
  }

  /** Removes the bodies whose time is over. */
  removeExpired() {
    return this.change((change) => removeExpired(change, this.clock.now()));
  }

  /** When the next body expires, by the server's clock; undefined if none does. */
  async nextExpiry() {
    const [next] = await this.#store.list('meta', { from: EXPIRY, to: `${EXPIRY}\uffff`, limit: 1 });
    return next && expiryOf(next[0]);
  }

  /** @param {string} conversationId */
  record(conversationId) {
    return this.#records.get(conversationId);
  }

  get records() {
    return [...this.#records.values()];
  }

  /**
   * Makes a change when the ones before it are done.
   * @template T
   * @param {(change: Change) => Promise<T>} task
   * @returns {Promise<T>}
   */
  change(task) {
    const turn = this.#turn.then(async () => {
      const change = new Change(this.#store, this.#records, this.outbox, this.me);
      const result = await task(change);
      await change.finish();
      if (change.batch.writes.length) await this.#store.commit(change.batch.writes);
      change.adopt();
      for (const { event, detail } of change.events) this.onEvent(event, detail);
      const touched = change.touched;
      for (const id of touched) this.onEvent('conversation', { conversation_id: id });
      if (touched.length) this.onTouched(touched);
      return result;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /**
   * What was pushed. Entries of conversations that a new device does not know yet come with its first sync.
   * @param {any[]} entries
   * @returns {Promise<boolean>} whether there were such
   */
  applyPushed(entries) {
    return this.change(async (change) => {
      const known = entries.filter((entry) => !this.firstSync || change.knows(entry.conversation_id));
      for (const entry of known) await applyEntry(change, entry);
      return known.length < entries.length;
    });
  }

  /**
   * What the server has stored of ours.
   * @param {any} entry
   */
  applyStored(entry) {
    return this.change((change) => applyEntry(change, entry));
  }

  /**
   * A page of history.
   * @param {string} conversationId
   * @param {{entries: any[], related?: any[]}} page
   * @param {{gap?: [number, number], first?: boolean}} [about] the gap that was asked for; whether nothing is older
   */
  applyHistoryPage(conversationId, { entries, related = [] }, { gap, first } = {}) {
    return this.change(async (change) => {
      const unknown = !change.knows(conversationId);
      const record = change.record(conversationId);
      if (unknown) record.from = entries.at(-1)?.seq ?? 0;
      for (const entry of related) await applyEffect(change, entry);
      for (const entry of entries) await applyEntry(change, entry);
      // What the server does not show us is not missing.
      if (gap)
        record.ranges = add(record.ranges, gap[0], entries.length ? Math.min(gap[1], entries[0].seq - 1) : gap[1]);
      if (first) record.first_seq = entries[0]?.seq ?? record.ranges[0]?.[0] ?? 1;
    });
  }

  /** @param {any} page of `mss.sync` */
  applySyncPage(page) {
    return this.change(async (change) => {
      for (const summary of page.conversations ?? []) await this.#applySummary(change, summary);
      for (const entry of page.entries ?? []) await applyEntry(change, entry);
      change.batch.put('meta', 'cursor', page.cursor);
      if (!page.more) change.batch.put('meta', 'synced', true);
      await removeExpired(change, this.clock.now());
    }).then(() => {
      this.cursor = page.cursor;
      if (!page.more) this.firstSync = false;
    });
  }

  /**
   * @param {Change} change
   * @param {any} summary
   */
  async #applySummary(change, summary) {
    const { read_upto = 0, delivered_upto = 0 } = summary;
    const server = { read_upto, delivered_upto: Math.max(read_upto, delivered_upto) };
    const record = change.record(summary.conversation_id);
    if (this.firstSync) record.from = Math.max(record.from, server.delivered_upto);
    if (summary.user_id) record.user_id = summary.user_id;
    record.last_seq = Math.max(record.last_seq, summary.last_seq);
    if ((summary.last_stored_at ?? '') > (record.last_stored_at ?? '')) record.last_stored_at = summary.last_stored_at;
    // Also lower than what we were answered, should the server have lost a receipt: then it is owed again.
    record.acked = server;
    for (const receipt of summary.receipts ?? []) this.#applyReceipt(change, record, receipt);
    if (record.read_upto <= server.read_upto) {
      record.read_upto = server.read_upto;
      record.counted_upto = summary.last_seq;
      record.unread = (summary.unread ?? 0) + (await this.#countUnread(change, record, summary.last_seq));
    } else {
      await this.#recount(change, record);
    }
  }

  /**
   * A receipt that was pushed.
   * @param {any} event
   */
  applyReceipt(event) {
    return this.change(async (change) => {
      if (!change.knows(event.conversation_id)) return;
      const record = change.record(event.conversation_id);
      if (event.user_id !== this.me) {
        this.#applyReceipt(change, record, event);
        return;
      }
      advance(record.acked, event);
      if ((event.read_upto ?? 0) > record.read_upto) {
        record.read_upto = event.read_upto;
        await this.#recount(change, record);
      }
    });
  }

  /**
   * @param {Change} change
   * @param {import('./record.js').ConversationState} record
   * @param {any} receipt
   */
  #applyReceipt(change, record, receipt) {
    if (receipt.user_id === this.me) return;
    record.receipts[receipt.user_id] ??= { delivered_upto: 0, read_upto: 0 };
    const known = record.receipts[receipt.user_id];
    if (!advance(known, receipt)) return;
    change.publish('receipt', { conversation_id: record.conversation_id, user_id: receipt.user_id, ...known });
  }

  /**
   * The server has stored a receipt of ours.
   * @param {string} conversationId
   * @param {{delivered_upto?: number, read_upto?: number}} receipt
   */
  applyAcknowledged(conversationId, receipt) {
    return this.change(async (change) => {
      advance(change.record(conversationId).acked, receipt);
    });
  }

  /**
   * The person has read up to here.
   * @param {string} conversationId
   * @param {number} seq
   */
  markRead(conversationId, seq) {
    return this.change(async (change) => {
      if (!change.knows(conversationId)) return;
      const upto = Math.min(seq, this.record(conversationId)?.last_seq ?? 0);
      if (upto <= (this.record(conversationId)?.read_upto ?? 0)) return;
      const record = change.record(conversationId);
      record.read_upto = upto;
      await this.#recount(change, record);
    });
  }

  /**
   * @param {Change} change
   * @param {import('./record.js').ConversationState} record
   */
  async #recount(change, record) {
    record.unread = await this.#countUnread(change, record, record.read_upto);
    record.counted_upto = 0;
  }

  /**
   * Messages of others that are held above a number.
   * @param {Change} change
   * @param {import('./record.js').ConversationState} record
   * @param {number} above
   */
  async #countUnread(change, record, above) {
    if (above >= record.last_seq) return 0;
    const id = record.conversation_id;
    const rows = await change.batch.list('entries', entryKey(id, above + 1), entryKey(id, record.last_seq));
    const unread = rows.filter(([, entry]) => isUnread(entry, this.me)).length;
    return Math.min(unread, MAX_UNREAD);
  }

  /**
   * The messages of a conversation in the order of display: by `seq`, what waits to be sent last.
   * @param {string} conversationId
   * @param {{before?: number, limit?: number}} [window] the newest `limit` messages, those below `before`
   */
  messages(conversationId, window) {
    return readMessages(
      this.#store,
      this.#records.get(conversationId),
      this.outbox.of(conversationId),
      this.me,
      this.clock.now(),
      window,
    );
  }

  /**
   * Removes what a full device can do without; for the store, in the middle of a commit.
   * @param {import('../store/store.js').Write[]} writes in progress
   * @param {(conversationId: string) => number} seenUpto by every trigger
   */
  async makeRoom(writes, seenUpto) {
    // The writer of these is the one change in progress; otherwise one may be at work on records that would shrink.
    if (!writes.some(({ table }) => table === 'conversations' || table === 'outbox')) return [];
    const underWay = new Set(writes.filter(({ table }) => table === 'conversations').map(({ key }) => key));
    const others = this.records.filter(({ conversation_id }) => !underWay.has(conversation_id));
    const { removals, records } = await evict(this.#store, others, seenUpto);
    for (const record of records) this.#records.set(record.conversation_id, record);
    return removals;
  }

  /**
   * One message, wherever it stands; undefined if the device does not have it.
   * @param {string} conversationId
   * @param {number} seq
   */
  message(conversationId, seq) {
    return readMessage(this.#store, this.#records.get(conversationId), seq, this.me, this.clock.now());
  }

  /** The conversations, newest first. */
  conversations() {
    const ids = new Set([...this.#records.keys(), ...this.outbox.conversationIds()]);
    return [...ids].map((id) => this.summary(id)).sort((a, b) => b.newest_at.localeCompare(a.newest_at));
  }

  /** @param {string} conversationId */
  summary(conversationId) {
    return summaryOf(conversationId, this.#records.get(conversationId), this.outbox.of(conversationId));
  }
}
