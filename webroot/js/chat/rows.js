/** Messages of one person within this time, in milliseconds, stand together as one group. */
const GROUP_MS = 5 * 60_000;

const failed = (message) => message.state === 'failed';
const dayOf = (time) => new Date(time).toDateString();

function bubble(entry, me) {
  return {
    type: 'message',
    key: entry.client_id ? `${entry.sender_id}/${entry.client_id}` : `seq/${entry.seq}`,
    mine: entry.sender_id === me,
    senderId: entry.sender_id,
    time: entry.stored_at ?? entry.sent_at,
    body: entry.body ?? {},
    state: 'stored',
    seq: entry.seq,
  };
}

function pending(item, me) {
  return {
    ...bubble({ sender_id: me, client_id: item.client_id, sent_at: item.sent_at, body: item.body }, me),
    state: item.state,
    error: item.error,
    clientId: item.client_id,
  };
}

/**
 * Turns a conversation into what is shown, top to bottom: `day` and `unread` separators and `message` rows, which
 * know whether they are the `first` and the `last` of their group.
 */
export function rowsOf(conversation, me) {
  const { entries, outgoing, unreadAfter } = conversation;
  const messages = [
    ...entries.filter((entry) => entry.kind === 'message').map((entry) => bubble(entry, me)),
    ...outgoing.map((item) => pending(item, me)),
  ];
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
