/** Messages of one person within this time, in milliseconds, stand together as one group. */
const GROUP_MS = 5 * 60_000;

/**
 * One line of a conversation.
 *
 * @typedef {import('./types.js').Message} Message
 *
 * @typedef {object} MessageRow
 * @property {'message'} type
 * @property {string} key
 * @property {boolean} mine
 * @property {string} time
 * @property {Message['state']} state
 * @property {number} [seq]
 * @property {Message} message
 * @property {boolean} first of its group
 * @property {boolean} last of its group
 *
 * @typedef {MessageRow | {type: 'day', key: string, time: string} | {type: 'unread', key: string}} Row
 */

/** @param {MessageRow} row */
const failed = (row) => row.state === 'failed';
/** @param {string} time */
const dayOf = (time) => new Date(time).toDateString();

/**
 * One message of the kit's view.
 * @param {Message} message
 * @param {string} me
 * @returns {MessageRow}
 */
function bubble(message, me) {
  return {
    type: 'message',
    key: message.client_id ? `${message.sender_id}/${message.client_id}` : `seq/${message.seq}`,
    mine: message.sender_id === me,
    time: message.stored_at ?? message.sent_at,
    state: message.state,
    seq: message.seq,
    message,
    first: true,
    last: true,
  };
}

/**
 * Turns a conversation into what is shown, top to bottom: `day` and `unread` separators and `message` rows, which
 * know whether they are the `first` and the `last` of their group.
 *
 * @param {{messages: Message[], unreadAfter: number | null}} window
 * @param {string} me
 * @returns {Row[]}
 */
export function rowsOf({ messages, unreadAfter }, me) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {MessageRow | null} */
  let previous = null;
  let marked = unreadAfter === null;
  for (const message of messages.map((shown) => bubble(shown, me))) {
    const newDay = !previous || dayOf(previous.time) !== dayOf(message.time);
    if (newDay) rows.push({ type: 'day', key: `day/${message.key}`, time: message.time });
    const firstUnread = !marked && !message.mine && (message.seq ?? 0) > (unreadAfter ?? 0);
    if (firstUnread) {
      marked = true;
      rows.push({ type: 'unread', key: 'unread' });
    }
    const apart = previous === null || Date.parse(message.time) - Date.parse(previous.time) > GROUP_MS;
    message.first =
      newDay || firstUnread || apart || previous?.mine !== message.mine || failed(previous) !== failed(message);
    if (previous && !message.first) previous.last = false;
    rows.push(message);
    previous = message;
  }
  return rows;
}
