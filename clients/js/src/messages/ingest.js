import { SCRUB } from '../store/store.js';
import { noEffects, withEntry } from './effects.js';
import { EXPIRY, entryKey, expiryKey, seqOf } from './keys.js';
import { add, has } from './ranges.js';
import { holds, isUnread } from './record.js';

/**
 * Applies an entry to the device's messages, whichever way it came; does nothing if it is there. Listeners get it when all
 * below it is there, at the end of the change.
 * @param {import('./change.js').Change} change
 * @param {any} entry
 * @returns {Promise<boolean>} whether it is new
 */
export async function applyEntry(change, entry) {
  const { batch, me } = change;
  const record = change.record(entry.conversation_id);
  const mine = entry.sender_id === me;
  const waiting = mine ? change.outbox.get(entry.client_id) : undefined;
  if (
    waiting &&
    change.outboxChanges.get(entry.client_id) !== null &&
    waiting.conversation_id === entry.conversation_id
  ) {
    change.unqueue(waiting);
    const { client_id, conversation_id, seq, stored_at } = entry;
    change.publish('outgoing', { client_id, conversation_id, state: 'stored', seq, stored_at });
  }
  if (holds(record, entry.seq)) return false;
  record.ranges = add(record.ranges, entry.seq, entry.seq);
  record.last_seq = Math.max(record.last_seq, entry.seq);
  if (entry.stored_at > (record.last_stored_at ?? '')) record.last_stored_at = entry.stored_at;
  if (!mine) record.others_upto = Math.max(record.others_upto, entry.seq);
  const key = entryKey(record.conversation_id, entry.seq);
  if (entry.kind === 'message') {
    const removed = (await batch.get('effects', key))?.removed ?? deleted(record, entry.seq);
    const kept = removed ? without(entry, removed) : entry;
    if (isUnread(kept, me) && entry.seq > Math.max(record.read_upto, record.counted_upto)) record.unread++;
    batch.put('entries', key, kept);
    if (entry.seq >= (record.last?.seq ?? 0)) record.last = { seq: entry.seq };
    if (record.last.seq === entry.seq) change.refreshPreview(record.conversation_id);
    if (entry.expires_at) batch.put('meta', expiryKey(entry), key);
  } else {
    batch.put('entries', key, entry);
    await applyEffect(change, entry);
    if (entry.expires_at) batch.put('meta', expiryKey(entry), key);
  }
  return true;
}

/**
 * Applies what an entry does to others, whether or not the entry itself is kept.
 * @param {import('./change.js').Change} change
 * @param {any} entry
 */
export async function applyEffect(change, entry) {
  if (!entry.target) return;
  const record = change.record(entry.conversation_id);
  if (entry.kind === 'redaction' && entry.body?.type === 'range') {
    await applyRange(change, record, entry.target, entry.body.upto);
    return;
  }
  const { batch } = change;
  const key = entryKey(record.conversation_id, entry.target);
  const before = (await batch.get('effects', key)) ?? noEffects();
  const gone = deleted(record, entry.target);
  const after = withEntry(gone ? { ...before, removed: before.removed ?? gone } : before, entry);
  batch.put('effects', key, after);
  if (after.removed) await empty(change, record, entry.target, after, after.removed);
  if (record.last?.seq === entry.target) change.refreshPreview(record.conversation_id);
}

/**
 * The bodies of a range of messages are gone, also of those that have not arrived yet.
 * @param {import('./change.js').Change} change
 * @param {import('./record.js').ConversationState} record
 * @param {number} from
 * @param {number} upto
 */
async function applyRange(change, record, from, upto) {
  const { batch } = change;
  record.deleted = add(record.deleted, from, upto);
  const ends = /** @type {const} */ ([entryKey(record.conversation_id, from), entryKey(record.conversation_id, upto)]);
  const entries = (await batch.list('entries', ...ends)).filter(
    ([, entry]) => entry.kind === 'message' && !entry.removed,
  );
  // Also what was done to messages that have not arrived yet.
  const waiting = await batch.list('effects', ...ends);
  for (const key of new Set([...entries, ...waiting].map(([key]) => key))) {
    const effects = (await batch.get('effects', key)) ?? noEffects();
    const removed = effects.removed ?? 'deleted';
    batch.put('effects', key, { ...effects, removed, edit: null, reactions: {} });
    await empty(change, record, seqOf(key), effects, removed);
  }
  if (record.last && has([[from, upto]], record.last.seq)) change.refreshPreview(record.conversation_id);
}

/**
 * Takes the text of a message off the device: its own, that of its edits, and that of edits still waiting to be sent.
 * @param {import('./change.js').Change} change
 * @param {import('./record.js').ConversationState} record
 * @param {number} target
 * @param {import('./effects.js').Effects} effects
 * @param {string} removed
 */
async function empty(change, record, target, effects, removed) {
  const { batch } = change;
  for (const seq of [target, ...effects.edits]) {
    const key = entryKey(record.conversation_id, seq);
    const entry = await batch.get('entries', key);
    if (!entry?.body) continue;
    if (isUnread(entry, change.me)) forgetUnread(record, seq);
    batch.put('entries', key, without(entry, removed));
    batch.put('meta', SCRUB, true);
  }
  for (const item of change.outbox.of(record.conversation_id)) {
    const changes = item.operation === 'mds.edit' || item.operation === 'mds.react';
    if (!changes || item.request.target !== target || change.outboxChanges.get(item.client_id) === null) continue;
    change.unqueue(item);
    const error = /** @type {const} */ ({ code: 'gone', message: 'The message was removed before this was sent.' });
    const { client_id, conversation_id } = item;
    change.publish('outgoing', { client_id, conversation_id, state: 'failed', error });
  }
}

/**
 * Empties what has expired.
 * @param {import('./change.js').Change} change
 * @param {number} now
 */
export async function removeExpired(change, now) {
  const { batch } = change;
  for (const [note, key] of await batch.list('meta', EXPIRY, `${EXPIRY}${new Date(now).toISOString()}`)) {
    batch.put('meta', note);
    const entry = await batch.get('entries', key);
    if (!entry?.body) continue;
    const record = change.record(entry.conversation_id);
    if (isUnread(entry, change.me)) forgetUnread(record, entry.seq);
    batch.put('entries', key, without(entry, 'expired'));
    batch.put('meta', SCRUB, true);
    const target = entry.kind === 'edit' ? entryKey(entry.conversation_id, entry.target) : key;
    const effects = await batch.get('effects', target);
    if (effects?.edit) batch.put('effects', target, { ...effects, edit: null });
    if (record.last?.seq === entry.seq) change.refreshPreview(record.conversation_id);
  }
}

/**
 * A message that goes before it was read is not unread any more.
 * @param {import('./record.js').ConversationState} record
 * @param {number} seq
 */
function forgetUnread(record, seq) {
  if (seq > record.read_upto && record.unread > 0) record.unread--;
}

/**
 * @param {import('./record.js').ConversationState} record
 * @param {number} seq
 */
const deleted = (record, seq) => (has(record.deleted, seq) ? 'deleted' : null);

/**
 * @param {any} entry
 * @param {string} removed
 */
function without({ body, ...entry }, removed) {
  return { ...entry, removed };
}
