/** Messages of one person within this time, in milliseconds, stand together as one group. */
const GROUP_MS = 5 * 60_000;

const failed = (message) => message.state === 'failed';
const dayOf = (time) => new Date(time).toDateString();

/** One message of the kit's view. */
function bubble(message, me) {
  return {
    type: 'message',
    key: message.client_id ? `${message.sender_id}/${message.client_id}` : `seq/${message.seq}`,
    mine: message.sender_id === me,
    time: message.stored_at ?? message.sent_at,
    state: message.state,
    seq: message.seq,
    message,
  };
}

/**
 * Turns a conversation into what is shown, top to bottom: `day` and `unread` separators and `message` rows, which
 * know whether they are the `first` and the `last` of their group.
 */
export function rowsOf(conversation, me) {
  const { unreadAfter } = conversation;
  const messages = conversation.messages.map((message) => bubble(message, me));
  const rows = [];
  let previous = null;
  let marked = unreadAfter === null;
  for (const message of messages) {
    const newDay = !previous || dayOf(previous.time) !== dayOf(message.time);
    if (newDay) rows.push({ type: 'day', key: `day/${message.key}`, time: message.time });
    const firstUnread = !marked && !message.mine && message.seq > unreadAfter;
    if (firstUnread) {
      marked = true;
      rows.push({ type: 'unread', key: 'unread' });
    }
    const apart = !previous || Date.parse(message.time) - Date.parse(previous.time) > GROUP_MS;
    message.first = newDay || firstUnread || apart || previous.mine !== message.mine || failed(previous) !== failed(message);
    message.last = true;
    if (previous && !message.first) previous.last = false;
    rows.push(message);
    previous = message;
  }
  return rows;
}
