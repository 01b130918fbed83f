import { directConversation } from '@jovial/chat';

/** Double of the kit's client: one log in memory, and what was asked of it. */
export class FakeClient {
  me = 'me';
  durable = true;
  calls = [];
  /** Entries of the conversation that are on the device: the newest of them from this seq on. */
  heldFrom = 1;
  log = [];
  queued = [];
  #listeners = new Map();

  constructor(count = 0) {
    for (let seq = 1; seq <= count; seq++) this.log.push(messageOf(seq));
  }

  conversationId = ({ user_id: userId }) => directConversation(this.me, userId);

  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return () => {};
  }

  emit(event, detail) {
    for (const listener of this.#listeners.get(event) ?? []) listener(detail);
  }

  async messages(_id, { before = Infinity, limit }) {
    const held = this.log.filter(({ seq }) => seq >= this.heldFrom && seq < before).slice(-limit);
    return before === Infinity ? [...held, ...this.queued] : held;
  }

  async history(id, { before, limit }) {
    this.calls.push(['history', id, before, limit]);
    const first = Math.max(1, before - limit);
    this.heldFrom = Math.min(this.heldFrom, first);
    return { count: before - first, more: first > 1, first };
  }

  async message(_id, seq) {
    return this.log.find((message) => message.seq === seq);
  }

  async markRead(id, seq) {
    this.calls.push(['markRead', id, seq]);
  }

  async watchPresence(ids) {
    this.calls.push(['watchPresence', ids]);
  }

  send = (to, text, options) => this.#sent('send', to, text, options);
  edit = (id, seq, text) => this.#sent('edit', id, seq, text);
  typing = (id, typing) => this.#sent('typing', id, typing);

  #sent(...call) {
    this.calls.push(call);
    return { clientId: `c${this.calls.length}`, stored: Promise.resolve() };
  }

  callsOf(name) {
    return this.calls.filter(([called]) => called === name);
  }
}

export function messageOf(seq, more = {}) {
  const stored_at = new Date(Date.UTC(2026, 10, 30, 9, 0, seq ?? 0)).toISOString();
  const body = { type: 'text', text: `message ${seq}` };
  return { seq, client_id: `c-${seq}`, sender_id: 'peer', body, state: 'received', reactions: {}, stored_at, ...more };
}

export const summaryOf = (lastSeq, more = {}) => ({
  conversation_id: directConversation('me', 'peer'),
  last_seq: lastSeq,
  first_seq: 1,
  read_upto: lastSeq,
  unread: 0,
  newest_at: '2026-11-30T10:00:00Z',
  last: null,
  queued: 0,
  queued_body: null,
  failed: 0,
  ...more,
});
