import { entryKey } from './keys.js';
import { cutBelow } from './ranges.js';

/** Entries of a conversation that stay on a device that is full. */
const KEEP = 100;
/** Entries removed at once. */
const ENOUGH = 2_000;

/**
 * Makes room on a full device: the older entries of the conversations that were quiet the longest go. They are on the
 * server, and come back when somebody scrolls there. What waits to be sent stays, and what the server or a trigger has
 * not been told of yet.
 *
 * @param {import('../store/store.js').Store} store
 * @param {import('./record.js').ConversationState[]} records
 * @param {(conversationId: string) => number} seenUpto by every trigger
 * @returns {Promise<{removals: import('../store/store.js').Write[], records: import('./record.js').ConversationState[]}>}
 */
export async function evict(store, records, seenUpto) {
  /** @type {import('../store/store.js').Write[]} */
  const removals = [];
  const changed = [];
  const quietFirst = [...records].sort((a, b) => ((a.last_stored_at ?? '') < (b.last_stored_at ?? '') ? -1 : 1));
  for (const record of quietFirst) {
    if (removals.length >= ENOUGH) break;
    const id = record.conversation_id;
    const told = Math.min(record.acked.delivered_upto, seenUpto(id));
    const cut = Math.min(record.last_seq - KEEP, told) + 1;
    const ranges = cutBelow(record.ranges, cut);
    if (cut <= 1 || !record.ranges.length || record.ranges[0][0] >= cut) continue;
    const range = { from: entryKey(id, record.ranges[0][0]), to: entryKey(id, cut - 1) };
    for (const table of /** @type {const} */ (['entries', 'effects'])) {
      for (const [key] of await store.list(table, range)) removals.push({ table, key });
    }
    const smaller = { ...record, ranges, from: Math.max(record.from, cut - 1) };
    removals.push({ table: 'conversations', key: id, value: smaller });
    changed.push(smaller);
  }
  return { removals, records: changed };
}
