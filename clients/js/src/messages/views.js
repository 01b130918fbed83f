import { entryKey } from './keys.js';
import { gaps, shownRange } from './record.js';
import { messageOf, queuedMessage, showPending } from './view.js';

/** Entries read from the store at once, and messages shown if not said otherwise. */
const PAGE = 200;

/**
 * @typedef {import('./record.js').ConversationState} ConversationState
 * @typedef {import('./outbox.js').OutboxItem} OutboxItem
 * @typedef {import('./view.js').Message} Message
 * @typedef {import('../store/store.js').Store} Store
 */

/**
 * @param {Store} store
 * @param {ConversationState | undefined} record
 * @param {OutboxItem[]} waiting
 * @param {string} me
 * @param {number} now by the server's clock
 * @param {{before?: number, limit?: number}} [window]
 * @returns {Promise<Message[]>}
 */
export async function readMessages(store, record, waiting, me, now, { before = Infinity, limit = PAGE } = {}) {
  const shown = record ? await readStored(store, record, me, now, before, limit) : [];
  const bySeq = new Map(shown.map((message) => [message.seq, message]));
  for (const item of waiting) {
    const target = bySeq.get(item.request.target);
    if (target) showPending(target, item, me);
  }
  if (before !== Infinity) return shown;
  const queued = waiting.filter((item) => item.operation === 'mds.send').map((item) => queuedMessage(item, me));
  return [...shown, ...queued];
}

/**
 * @param {Store} store
 * @param {ConversationState} record
 * @param {string} me
 * @param {number} now
 * @param {number} before
 * @param {number} limit
 */
async function readStored(store, record, me, now, before, limit) {
  const [first, last] = shownRange(record);
  /** @type {Message[]} */
  const newestFirst = [];
  for (let top = Math.min(before - 1, record.last_seq); top >= first && newestFirst.length < limit; ) {
    const bottom = Math.max(first, top - PAGE + 1);
    const range = { from: entryKey(record.conversation_id, bottom), to: entryKey(record.conversation_id, top) };
    const [entries, effects] = await Promise.all([store.list('entries', range), store.list('effects', range)]);
    const changed = new Map(effects);
    for (const [key, entry] of entries.reverse()) {
      // Above a hole that is being filled, only what the person has written: it must not vanish meanwhile.
      if (entry.kind !== 'message' || (entry.seq > last && entry.sender_id !== me)) continue;
      newestFirst.push(messageOf(entry, changed.get(key), record, me, now));
      if (newestFirst.length === limit) break;
    }
    top = bottom - 1;
  }
  return newestFirst.reverse();
}

/**
 * @param {Store} store
 * @param {ConversationState | undefined} record
 * @param {number} seq
 * @param {string} me
 * @param {number} now
 * @returns {Promise<Message | undefined>}
 */
export async function readMessage(store, record, seq, me, now) {
  if (!record) return undefined;
  const key = entryKey(record.conversation_id, seq);
  const [entry, effects] = await Promise.all([store.get('entries', key), store.get('effects', key)]);
  return entry?.kind === 'message' ? messageOf(entry, effects, record, me, now) : undefined;
}

/**
 * A conversation in a list.
 * @param {string} conversationId
 * @param {ConversationState | undefined} record
 * @param {OutboxItem[]} outbox
 * @returns {import('../types.js').Conversation}
 */
export function summaryOf(conversationId, record, outbox) {
  const waiting = outbox.filter(({ operation }) => operation === 'mds.send');
  return {
    conversation_id: conversationId,
    user_id: record?.user_id ?? null,
    last_seq: record?.last_seq ?? 0,
    last_stored_at: record?.last_stored_at ?? null,
    newest_at: waiting.at(-1)?.queued_at ?? record?.last_stored_at ?? '',
    unread: record?.unread ?? 0,
    read_upto: record?.read_upto ?? 0,
    receipts: record?.receipts ?? {},
    last: record?.last ?? null,
    gaps: record ? gaps(record).length : 0,
    first_seq: record?.first_seq ?? 0,
    queued: waiting.length,
    queued_body: waiting.at(-1)?.request.body ?? null,
    failed: waiting.filter(({ state }) => state === 'failed').length,
  };
}
