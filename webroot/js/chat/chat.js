import { Conversations } from './conversations.js';
import { Drafts } from '../session/drafts.js';
import { Files } from './files.js';
import { Notifications } from './notifications.js';
import { People } from './people.js';
import { Presence } from './presence.js';
import { Store } from './store.js';
import { Today } from './today.js';

/** @typedef {import('./conversation.js').Conversation} Conversation */
/** @typedef {import('./types.js').Message} Message */

/**
 * Chat of the user who is logged in, as this tab shows it. The kit keeps the conversations; this reads again what the kit
 * says has changed. Its parts tell their own changes: `conversations`, each conversation, its `compose`, `presence`,
 * `people` and `files`. Event: `change`, when another conversation is selected.
 */
export class Chat extends Store {
  #client;
  /** @type {(() => void)[]} */
  #cleanUp = [];
  /** Conversations that are being read, and whether they changed meanwhile. @type {Map<string, boolean>} */
  #reading = new Map();

  /** The conversation on show. @type {Conversation | null} */
  selected = null;
  /** Nothing was missed: what comes now is new. */
  synced = false;
  /** True while someone looks at this page. */
  pageVisible = false;

  /** @param {import('../session/session.js').Session & {client: import('./types.js').Client}} session */
  constructor(session) {
    super();
    const { client } = session;
    this.#client = client;
    this.me = client.me;
    this.files = new Files(client);
    this.people = new People(session);
    this.presence = new Presence(client);
    const drafts = new Drafts(client.me);
    this.conversations = new Conversations(client, this.files, drafts);
    this.#cleanUp.push(drafts.watch((id) => this.conversations.restoreDraft(id)));
    this.notifications = new Notifications(client, this);
    this.today = new Today();
    this.#on('conversation', ({ conversation_id: id }) => this.#refresh(id));
    this.#on('reset', () => this.#readAll());
    this.#on('synced', () => this.#onSynced());
    this.#on('typing', (event) => this.#applyTyping(event));
    this.#on('presence', (event) => this.presence.apply(event));
    this.#on('connection', ({ state }) => state !== 'online' && this.#onLost());
    this.#readAll();
  }

  /**
   * @template {keyof import('./types.js').Events} K
   * @param {K} event
   * @param {(detail: import('./types.js').Events[K]) => void} listener
   */
  #on(event, listener) {
    this.#cleanUp.push(this.#client.on(event, listener));
  }

  /** Ends this; the client goes on. */
  close() {
    for (const end of this.#cleanUp) end();
    this.files.close();
    this.notifications.close();
    this.today.close();
  }

  /** Whether what is written here survives this page. */
  get durable() {
    return this.#client.durable;
  }

  /** @param {string | null} peerId */
  select(peerId) {
    const conversation = peerId ? this.conversations.getOrCreate(peerId) : null;
    if (conversation === this.selected) return;
    this.selected?.window.leave();
    this.selected = conversation;
    if (conversation) {
      this.#refresh(conversation.id);
    }
    this.conversations.changed();
    this.changed();
  }

  /**
   * The page is looked at, or no longer.
   * @param {boolean} visible
   */
  setPageVisible(visible) {
    if (!visible && this.selected) this.selected.window.unreadAfter = null;
    this.pageVisible = visible;
    if (visible) this.files.access().catch(() => {});
  }

  /**
   * The newest message that the person may change.
   * @param {Conversation} conversation
   */
  lastOwn({ window }) {
    return window.messages.findLast((message) => message.seq && this.isEditable(message));
  }

  /** @param {Message} message */
  isEditable({ sender_id: senderId, body }) {
    return senderId === this.me && body?.type === 'text';
  }

  /**
   * Deletes a message for both, and its file.
   * @param {Conversation} conversation
   * @param {Message} message
   */
  redact(conversation, message) {
    const removed = this.#client.redact(conversation.id, /** @type {number} */ (message.seq));
    const { body } = message;
    if (body?.type !== 'file') return;
    // Those who have the link already would still get it.
    removed.stored.then(() => this.#client.request('fss.file.delete', { file_id: body.file_id })).catch(() => {});
  }

  /**
   * Gives a reaction, or takes it back.
   * @param {Conversation} conversation
   * @param {Message} message
   * @param {string} reaction
   */
  react(conversation, message, reaction) {
    const remove = message.reactions[reaction]?.includes(this.me) ?? false;
    this.#client.react(conversation.id, /** @type {number} */ (message.seq), reaction, { remove });
  }

  /** @param {string} clientId */
  retry(clientId) {
    this.#client.retry(clientId);
  }

  /** @param {string} clientId */
  discard(clientId) {
    this.#client.discard(clientId);
  }

  /**
   * A message that another replies to, if it is on the device.
   * @param {Conversation} conversation
   * @param {number} seq
   */
  async message(conversation, seq) {
    const shown = conversation.window.messages.find((message) => message.seq === seq);
    return shown ?? this.#client.message(conversation.id, seq);
  }

  #onLost() {
    this.synced = false;
    if (this.selected) this.selected.window.live = false;
    this.presence.forget();
  }

  async #onSynced() {
    await this.#readAll({ synced: true });
    this.synced = true;
    this.selected?.changed();
  }

  async #readAll({ synced = false } = {}) {
    /** @type {import('./types.js').Summary[]} */
    const summaries = await this.#client.conversations().catch(() => []);
    for (const summary of summaries) this.#update(summary);
    if (synced || summaries.length) this.conversations.loaded = true;
    if (synced) this.presence.renew();
    this.conversations.changed();
    if (this.selected) await this.#refresh(this.selected.id);
    this.#watchPresence();
    this.changed();
  }

  /** @param {import('./types.js').Summary} summary */
  #update(summary) {
    const hadUnread = this.selected?.id === summary.conversation_id && this.selected.unread > 0;
    const conversation = this.conversations.update(summary);
    if (!conversation || conversation !== this.selected) return conversation;
    const { unread, window, seenUpto } = conversation;
    // Those that are seen as they come need no marker.
    if (!unread || (this.pageVisible && window.loaded && window.following)) return conversation;
    window.unreadAfter = hadUnread ? (window.unreadAfter ?? seenUpto) : seenUpto;
    return conversation;
  }

  /**
   * Reads a conversation again; changes that come meanwhile are read together, after.
   * @param {string} id
   */
  async #refresh(id) {
    if (this.#reading.has(id)) {
      this.#reading.set(id, true);
      return;
    }
    do {
      this.#reading.set(id, false);
      await this.#readOne(id);
    } while (this.#reading.get(id));
    this.#reading.delete(id);
    this.#watchPresence();
  }

  /** @param {string} id */
  async #readOne(id) {
    try {
      const conversation = this.#update(await this.#client.conversation(id));
      if (!conversation || (conversation !== this.selected && !conversation.window.loaded)) return;
      await conversation.window.read();
      this.#dropRemoved(conversation);
      conversation.changed();
    } catch {
      // The client was closed.
    }
  }

  /**
   * Of messages that are deleted or have expired nothing stays in this page.
   * @param {Conversation} conversation
   */
  #dropRemoved({ window, compose }) {
    const removed = window.messages.filter((message) => message.removed);
    for (const message of removed) this.files.dropPreview(message);
    compose.dropRemoved(removed.map(({ seq }) => seq));
  }

  /** @param {{conversation_id: string, user_id: string, typing: boolean}} event */
  #applyTyping({ conversation_id: id, user_id: userId, typing }) {
    const conversation = this.conversations.find(userId);
    if (conversation?.id === id) conversation.setTyping(typing);
  }

  #watchPresence() {
    const peers = this.conversations.list(this.selected).map(({ peerId }) => peerId);
    this.presence.watch(peers.filter((peerId) => peerId !== this.me));
  }
}
