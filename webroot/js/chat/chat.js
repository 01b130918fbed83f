import { peerOf } from '@jovial/chat';
import { Conversation } from './conversation.js';
import { Files } from './files.js';
import { Notifications } from './notifications.js';
import { People } from './people.js';

/** Messages shown when a conversation is opened, and more each time one scrolls up. */
const PAGE = 50;
/** Pages of older entries asked for at once: a page may hold nothing but reactions. */
const MAX_PAGES = 5;
/** Pages read to get to a message that was answered long ago. */
const MAX_JUMP_PAGES = 40;
/** Whose presence is asked for: those with the newest conversations. */
const MAX_WATCHED = 100;

/**
 * The conversations of the user who is logged in, as this tab shows them. The kit keeps them; this reads its view anew
 * where it says that something changed. Components read it and call it. Event: `change`.
 */
export class Chat extends EventTarget {
  #client;
  #byPeer = new Map();
  #cleanUp = [];
  #changePending = false;
  /** Conversations that are being read anew, and whether they changed meanwhile. */
  #reading = new Map();
  #watchedIds = '';

  /** The conversation on show, or null. */
  selected = null;
  /** False until the list of conversations has been read, and on a new device asked for. */
  loaded = false;
  /** True while someone looks at this page. */
  watched = false;
  /** Who is online, by user id: `{online, last_seen}`. */
  presence = new Map();

  constructor(session) {
    super();
    this.#client = session.client;
    this.me = this.#client.me;
    this.people = new People(session);
    this.files = new Files(this.#client);
    this.notifications = new Notifications(this.#client, this);
    const listen = (event, listener) => this.#cleanUp.push(this.#client.on(event, listener));
    listen('conversation', ({ conversation_id: id }) => this.#refresh(id));
    listen('reset', () => this.#readAll());
    listen('synced', () => this.#readAll({ synced: true }));
    listen('typing', (event) => this.#typing(event));
    listen('presence', (user) => this.#present(user));
    listen('connection', ({ state }) => state !== 'online' && this.#forgetPresence());
    this.people.addEventListener('change', () => this.#changed());
    this.#readAll();
  }

  /** Ends this; the client goes on. */
  close() {
    for (const end of this.#cleanUp) end();
    this.files.close();
    this.notifications.close();
  }

  /** Whether what is written here survives this page. */
  get durable() {
    return this.#client.durable;
  }

  /** The conversation with a person; makes one that has no messages yet if need be. */
  with(peerId) {
    let conversation = this.#byPeer.get(peerId);
    if (!conversation) {
      conversation = new Conversation(peerId, this.#client.conversationId({ user_id: peerId }));
      this.#byPeer.set(peerId, conversation);
    }
    return conversation;
  }

  /** Those with something in them, newest first. */
  get conversations() {
    return [...this.#byPeer.values()]
      .filter((conversation) => conversation.newestAt || conversation === this.selected)
      .sort((a, b) => b.newestAt.localeCompare(a.newestAt));
  }

  get unread() {
    return this.conversations.reduce((sum, conversation) => sum + conversation.unread, 0);
  }

  /** How much has not been sent yet. */
  get unsent() {
    return [...this.#byPeer.values()].reduce((sum, conversation) => sum + conversation.waiting, 0);
  }

  select(peerId) {
    const conversation = peerId ? this.with(peerId) : null;
    if (conversation === this.selected) return;
    if (this.selected) {
      this.selected.unreadAfter = null;
      this.selected.limit = PAGE;
    }
    this.selected = conversation;
    if (conversation) {
      conversation.limit ||= PAGE;
      conversation.unreadAfter = conversation.unread ? conversation.readSeq : null;
      this.#refresh(conversation.id);
    }
    this.#changed();
  }

  /** The page is looked at, or no longer. */
  setWatched(watched) {
    if (!watched && this.selected) this.selected.unreadAfter = null;
    this.watched = watched;
    if (watched) this.files.access().catch(() => {});
  }

  /** The reader has seen the newest message. */
  seen(conversation) {
    if (conversation.unread) this.#client.markRead(conversation.id, conversation.lastSeq).catch(() => {});
  }

  send(conversation, text) {
    const { answering, editing } = conversation;
    conversation.unreadAfter = null;
    conversation.answering = conversation.editing = null;
    if (editing) this.#client.edit(conversation.id, editing.seq, text);
    else if (conversation.attachments.length) this.files.send(conversation, text, answering?.seq);
    else this.#client.send({ user_id: conversation.peerId }, text, { replyTo: answering?.seq });
    this.#changed();
  }

  sendVoice(conversation, blob, durationMs) {
    conversation.unreadAfter = null;
    this.files.sendVoice(conversation, blob, durationMs);
  }

  /** Files to go with the next message; resolves with what is wrong with them, or ''. */
  async attach(conversation, files) {
    const problem = await this.files.choose(conversation, files);
    this.#changed();
    return problem;
  }

  detach(conversation, id) {
    this.files.remove(conversation, id);
    this.#changed();
  }

  /** Begins to answer or to change a message; null ends it. */
  answer(conversation, message) {
    conversation.answering = message;
    conversation.editing = null;
    this.#changed();
  }

  edit(conversation, message) {
    conversation.editing = message;
    conversation.answering = null;
    this.#changed();
  }

  /** The newest message that the person may change. */
  lastOwn(conversation) {
    return conversation.messages.findLast(({ seq, sender_id, body }) => seq && sender_id === this.me && body?.type === 'text');
  }

  takeBack(conversation, message) {
    const removed = this.#client.redact(conversation.id, message.seq);
    const { body } = message;
    if (body?.type !== 'file') return;
    // Whoever has the link already would still get it.
    removed.stored.then(() => this.#client.request('fss.file.delete', { file_id: body.file_id })).catch(() => {});
  }

  /** Gives a reaction, or takes it back. */
  react(conversation, message, reaction) {
    const remove = message.reactions[reaction]?.includes(this.me) ?? false;
    this.#client.react(conversation.id, message.seq, reaction, { remove });
  }

  type(conversation, typing) {
    this.#client.typing(conversation.id, typing);
  }

  retry(clientId) {
    this.#client.retry(clientId);
  }

  discard(clientId) {
    this.#client.discard(clientId);
  }

  /** The message that another answers, if it is on the device. */
  message(conversation, seq) {
    const shown = conversation.messages.find((message) => message.seq === seq);
    return shown ? Promise.resolve(shown) : this.#client.message(conversation.id, seq);
  }

  async loadOlder(conversation) {
    if (!conversation.hasOlder || conversation.loadingOlder) return;
    conversation.loadingOlder = true;
    this.#changed();
    try {
      const before = conversation.messages.length;
      conversation.limit += PAGE;
      await this.#read(conversation);
      for (let page = 0, top = conversation.firstHeld; page < MAX_PAGES && conversation.messages.length === before; page++) {
        const { more, first } = await this.#client.history(conversation.id, { before: top, limit: PAGE });
        await this.#read(conversation);
        if (!more && conversation.messages.length === before) conversation.atStart = true;
        if (!more || !first) break;
        top = first;
      }
      conversation.error = null;
    } catch (error) {
      // A lost connection heals by itself; one scrolls again.
      conversation.error = error.lost ? null : error;
    } finally {
      conversation.loadingOlder = false;
      this.#changed();
    }
  }

  /** Loads until a message is shown; resolves with whether it is. */
  async reach(conversation, seq) {
    for (let page = 0; page < MAX_JUMP_PAGES && conversation.hasOlder && conversation.firstHeld > seq; page++) {
      const before = conversation.firstHeld;
      await this.loadOlder(conversation);
      if (conversation.firstHeld === before) break;
    }
    return conversation.messages.some((message) => message.seq === seq);
  }

  reload(conversation) {
    conversation.error = null;
    return this.loadOlder(conversation);
  }

  async #readAll({ synced = false } = {}) {
    const summaries = await this.#client.conversations().catch(() => []);
    for (const summary of summaries) this.#take(summary);
    if (synced || summaries.length) this.loaded = true;
    if (synced && !this.presence.size) this.#watchedIds = '';
    if (this.selected) this.#refresh(this.selected.id);
    this.#watchPeople();
    this.#changed();
  }

  #take(summary) {
    // Spaces are not shown here yet.
    const peerId = peerOf(summary.conversation_id, this.me);
    if (!peerId) return null;
    const conversation = this.with(peerId);
    const grown = summary.last_seq > conversation.lastSeq;
    if (grown && summary.unread && !this.watched && conversation === this.selected) conversation.unreadAfter ??= conversation.readSeq;
    conversation.summary = summary;
    return conversation;
  }

  /** Reads a conversation anew; changes that come meanwhile are read together, after. */
  async #refresh(id) {
    if (this.#reading.has(id)) {
      this.#reading.set(id, true);
      return;
    }
    do {
      this.#reading.set(id, false);
      try {
        const conversation = this.#take(await this.#client.conversation(id));
        if (conversation && (conversation === this.selected || conversation.loaded)) await this.#read(conversation);
      } catch {
        // The client was closed.
      }
    } while (this.#reading.get(id));
    this.#reading.delete(id);
    this.#watchPeople();
    this.#changed();
  }

  async #read(conversation) {
    conversation.messages = await this.#client.messages(conversation.id, { limit: conversation.limit || PAGE });
    conversation.loaded = true;
  }

  #typing({ conversation_id: id, user_id: userId, typing }) {
    const conversation = this.#byPeer.get(userId);
    if (conversation?.id !== id) return;
    conversation.typing = typing;
    this.#changed();
  }

  #present({ user_id: userId, online, last_seen }) {
    this.presence.set(userId, { online, last_seen });
    this.#changed();
  }

  #forgetPresence() {
    this.presence.clear();
    this.#changed();
  }

  /** Asks for the presence of those who are shown. */
  #watchPeople() {
    const ids = this.conversations.map(({ peerId }) => peerId).filter((peerId) => peerId !== this.me).slice(0, MAX_WATCHED);
    const key = [...ids].sort().join();
    if (key === this.#watchedIds) return;
    this.#watchedIds = key;
    // Asked again after the next sync, should it fail.
    this.#client.watchPresence(ids).catch(() => {});
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
