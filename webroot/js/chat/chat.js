import { ConversationIndex } from './conversation-index.js';
import { Conversation } from './conversation.js';
import { History } from './history.js';
import { MAX_OUTGOING, Outgoing } from './outgoing.js';
import { People } from './people.js';
import { readMailbox } from './mailbox.js';

/** While connected, what a lost push left out is noticed within this time, in milliseconds. */
const CHECK_MS = 60_000;
/** Catching up starts this long before the newest entry known, as servers' clocks differ a little. */
const OVERLAP_MS = 60_000;

/**
 * The conversations of the user who is logged in: what is known of them, live. Components read it and call it;
 * it alone talks to the message services. Event: `change`.
 */
export class Chat extends EventTarget {
  #session;
  #index;
  #history;
  #outgoing;
  #byPeer = new Map();
  #newestStoredAt = 0;
  #catchingUp = null;
  #cleanUp = [];
  #changePending = false;

  /** The conversation on show, or null. */
  selected = null;
  /** False until the list of conversations has been loaded once. */
  loaded = false;
  /** True while someone looks at this page. */
  watched = false;

  constructor(session) {
    super();
    this.#session = session;
    this.me = session.account.user_id;
    this.people = new People(session);
    this.#index = new ConversationIndex(this.me);
    this.#history = new History(session, () => this.#changed());
    this.#outgoing = new Outgoing({
      session,
      onChange: () => this.#changed(),
      onStored: (conversation, item, reply) => this.#stored(conversation, item, reply),
    });
    for (const { peerId, id, readSeq } of this.#index.list()) {
      Object.assign(this.with(peerId), { id, readSeq });
    }
    this.#listen(session, 'ready', () => this.catchUp());
    this.#listen(session, 'event', (event) => this.#pushed(event.detail));
    this.#listen(this.people, 'change', () => this.#changed());
    this.#cleanUp.push(this.#index.watch(() => this.#readElsewhere()));
    const check = setInterval(() => this.catchUp(), CHECK_MS);
    this.#cleanUp.push(() => clearInterval(check));
    if (session.status === 'ready') this.catchUp();
  }

  /** Ends this; unsent messages are gone. */
  close() {
    this.#outgoing.stop();
    for (const end of this.#cleanUp) end();
  }

  /** The conversation with a person; makes one that has no messages yet if need be. */
  with(peerId) {
    let conversation = this.#byPeer.get(peerId);
    if (!conversation) {
      conversation = new Conversation(peerId);
      this.#byPeer.set(peerId, conversation);
    }
    return conversation;
  }

  /** Those with something in them, newest first. */
  get conversations() {
    const newest = ({ last, outgoing }) => outgoing.at(-1)?.sent_at ?? last?.stored_at ?? '';
    return [...this.#byPeer.values()]
      .filter((conversation) => newest(conversation) || conversation === this.selected)
      .sort((a, b) => newest(b).localeCompare(newest(a)));
  }

  get unread() {
    return this.conversations.reduce((sum, conversation) => sum + conversation.unread, 0);
  }

  get unsent() {
    return [...this.#byPeer.values()].some((conversation) => conversation.outgoing.length > 0);
  }

  select(peerId) {
    const conversation = peerId ? this.with(peerId) : null;
    if (conversation === this.selected) return;
    if (this.selected) {
      this.selected.trim();
      this.selected.unreadAfter = null;
    }
    this.selected = conversation;
    if (conversation) {
      conversation.unreadAfter = conversation.unread ? conversation.readSeq : null;
      this.#bringUpToDate(conversation);
    }
    this.#changed();
  }

  /** The page is looked at, or no longer. */
  setWatched(watched) {
    if (!watched && this.selected) this.selected.unreadAfter = null;
    this.watched = watched;
  }

  /** The reader has seen the newest entry. */
  seen(conversation) {
    if (conversation.markRead(conversation.lastHeld)) {
      this.#index.save([conversation]);
      this.#changed();
    }
  }

  /** False when too much waits already. */
  send(conversation, text) {
    if (conversation.outgoing.length >= MAX_OUTGOING) return false;
    conversation.unreadAfter = null;
    this.#outgoing.send(conversation, text);
    return true;
  }

  retry(conversation) {
    this.#outgoing.retry(conversation);
  }

  discard(conversation, clientId) {
    this.#outgoing.discard(conversation, clientId);
  }

  loadOlder(conversation) {
    return this.#history.loadOlder(conversation);
  }

  reload(conversation) {
    return this.#bringUpToDate(conversation);
  }

  /** Finds what happened while we were away. The same path for the first load, a reconnect and the slow check. */
  catchUp() {
    if (this.#session.status !== 'ready') return Promise.resolve();
    this.#catchingUp ??= this.#catchUp().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async #catchUp() {
    const firstVisit = !this.loaded && !this.#index.exists;
    const since = this.#newestStoredAt && new Date(this.#newestStoredAt - OVERLAP_MS).toISOString();
    try {
      await readMailbox(this.#session, since, (entries) => {
        for (const entry of entries) this.#note(entry);
        this.#changed();
      });
      if (firstVisit) for (const conversation of this.#byPeer.values()) conversation.markRead();
      this.loaded = true;
      this.#index.save(this.conversations.reverse());
    } catch (error) {
      if (error.temporary && !error.lost) setTimeout(() => this.catchUp(), Math.max(error.retryAfterMs, 2_000));
      return;
    }
    for (const conversation of this.#byPeer.values()) {
      if (conversation === this.selected || conversation.behind) this.#bringUpToDate(conversation);
    }
    this.#changed();
  }

  #bringUpToDate(conversation) {
    return this.#history.bringUpToDate(conversation);
  }

  #note(entry) {
    const conversation = this.#of(entry);
    if (!conversation) return null;
    conversation.note(entry);
    // Who writes has read what stands above.
    if (entry.sender_id === this.me) conversation.markRead(entry.seq);
    this.#newestStoredAt = Math.max(this.#newestStoredAt, Date.parse(entry.stored_at) || 0);
    return conversation;
  }

  /** The direct conversation that an entry belongs to; null for spaces, which this page does not show yet. */
  #of(entry) {
    if (entry.space_id) return null;
    const peerId = entry.sender_id === this.me ? entry.recipient_id : entry.sender_id;
    return peerId ? this.with(peerId) : null;
  }

  #pushed(event) {
    if (event.event !== 'message') return;
    const conversation = this.#note(event);
    if (!conversation) return;
    this.#took(conversation, event);
    if (!this.watched && conversation === this.selected) conversation.unreadAfter ??= conversation.readSeq;
  }

  #stored(conversation, item, reply) {
    const entry = {
      conversation_id: reply.conversation_id,
      seq: reply.seq,
      sender_id: this.me,
      recipient_id: conversation.peerId,
      client_id: item.client_id,
      sent_at: item.sent_at,
      stored_at: reply.stored_at,
      kind: 'message',
      body: item.body,
    };
    this.#note(entry);
    // The log's very first entry is all there is; otherwise the newest page is loaded first.
    if (!conversation.loaded && entry.seq === 1) conversation.replace([], false);
    this.#took(conversation, entry);
  }

  #took(conversation, entry) {
    conversation.append(entry);
    this.#index.save([conversation]);
    const open = conversation === this.selected || conversation.loaded;
    if (open && conversation.lastHeld < conversation.lastSeq) this.#bringUpToDate(conversation);
    else conversation.outgoing = conversation.outgoing.filter((item) => item.client_id !== entry.client_id);
    this.#changed();
  }

  #readElsewhere() {
    for (const { peerId, readSeq } of this.#index.list()) this.#byPeer.get(peerId)?.markRead(readSeq);
    this.#changed();
  }

  #listen(target, type, listener) {
    target.addEventListener(type, listener);
    this.#cleanUp.push(() => target.removeEventListener(type, listener));
  }

  /** Many changes at once are told once. */
  #changed() {
    if (this.#changePending) return;
    this.#changePending = true;
    queueMicrotask(() => {
      this.#changePending = false;
      this.dispatchEvent(new Event('change'));
    });
  }
}
