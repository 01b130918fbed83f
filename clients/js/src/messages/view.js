import { own, reactionsOf } from './effects.js';
import { tickOf } from './record.js';

/** @typedef {import('../types.js').Message} Message */

/**
 * @param {import('../types.js').Entry} entry of kind `message`
 * @param {import('./effects.js').Effects | undefined} effects
 * @param {import('./record.js').ConversationState} record
 * @param {string} me
 * @param {number} now
 * @returns {Message}
 */
export function messageOf(entry, effects, record, me, now) {
  /** @type {'expired' | undefined} */
  const expired = entry.expires_at && Date.parse(entry.expires_at) <= now ? 'expired' : undefined;
  const removed = effects?.removed ?? entry.removed ?? expired;
  /** @type {Message} */
  const message = {
    seq: entry.seq,
    client_id: entry.client_id,
    conversation_id: record.conversation_id,
    sender_id: entry.sender_id,
    state: entry.sender_id === me ? tickOf(record, entry.seq, me) : 'received',
    edited: Boolean(effects?.edit),
    reactions: effects ? reactionsOf(effects) : {},
    sent_at: entry.sent_at,
    stored_at: entry.stored_at,
  };
  const body = effects?.edit?.body ?? entry.body;
  if (removed) message.removed = removed;
  else if (body) message.body = body;
  if (entry.reply_to) message.reply_to = entry.reply_to;
  if (entry.expires_at) message.expires_at = entry.expires_at;
  return message;
}

/**
 * A message that waits to be sent.
 * @param {import('./outbox.js').OutboxItem} item
 * @param {string} me
 * @returns {Message}
 */
export function queuedMessage(item, me) {
  const { body, reply_to } = item.request;
  return {
    client_id: item.client_id,
    conversation_id: item.conversation_id,
    sender_id: me,
    body,
    state: item.state,
    edited: false,
    reactions: {},
    ...(reply_to ? { reply_to } : {}),
    sent_at: item.queued_at,
    ...(item.error ? { error: item.error } : {}),
    ...(item.upload ? { upload: uploadOf(item.upload, item.state) } : {}),
  };
}

/**
 * @param {import('../files/uploads.js').PendingUpload} upload
 * @param {'queued' | 'failed'} state
 * @returns {import('../types.js').UploadProgress}
 */
function uploadOf({ offset = 0, size, paused }, state) {
  return { sent: offset, size, state: state === 'failed' ? 'failed' : paused ? 'paused' : 'waiting' };
}

/**
 * Shows what the person has done to a message and the server has not taken yet.
 * @param {Message} message
 * @param {import('./outbox.js').OutboxItem} item
 * @param {string} me
 */
export function showPending(message, item, me) {
  if (item.state !== 'queued') return;
  if (item.operation === 'mds.redact') {
    message.removed = 'redacted';
    delete message.body;
    message.reactions = {};
  } else if (message.removed) {
    return;
  } else if (item.operation === 'mds.edit') {
    message.body = item.request.body;
    message.edited = true;
  } else if (item.operation === 'mds.react') {
    const { reaction, remove } = item.request;
    const others = (own(message.reactions, reaction) ?? []).filter((userId) => userId !== me);
    const users = remove ? others : [...others, me];
    // Not by assignment, for which `__proto__` is no ordinary key.
    const { [reaction]: _, ...rest } = message.reactions;
    message.reactions = Object.fromEntries([...Object.entries(rest), ...(users.length ? [[reaction, users]] : [])]);
  }
}
