import { peerOf } from '@jovial/chat';
import { Conversation } from './conversation.js';
import { Store } from './store.js';

/** Conversations of the user in this tab, by the other person. Event: `change`, when the list or a line of it changes. */
export class Conversations extends Store {
  #client;
  #files;
  #drafts;
  /** @type {Map<string, Conversation>} */
  #byPeer = new Map();

  /** False until the list has been read, and on a new device asked for. */
  loaded = false;

  /**
   * @param {import('./types.js').Client} client
   * @param {import('./files.js').Files} files
   * @param {import('../session/drafts.js').Drafts} drafts
   */
  constructor(client, files, drafts) {
    super();
    this.#client = client;
    this.#files = files;
    this.#drafts = drafts;
    for (const id of drafts.conversationIds()) this.#ofId(id);
  }

  /** @param {string} peerId */
  find(peerId) {
    return this.#byPeer.get(peerId);
  }

  /**
   * The conversation with a person; makes one that has no messages yet if need be.
   * @param {string} peerId
   */
  getOrCreate(peerId) {
    let conversation = this.#byPeer.get(peerId);
    if (!conversation) {
      conversation = new Conversation(this.#client, this.#files, this.#drafts, peerId);
      conversation.addEventListener('change', () => this.changed());
      this.#byPeer.set(peerId, conversation);
    }
    return conversation;
  }

  /**
   * Another tab has changed what is written in a conversation.
   * @param {string} conversationId
   */
  restoreDraft(conversationId) {
    this.#ofId(conversationId)?.compose.restore();
    this.changed();
  }

  /**
   * Takes over what the kit says of a conversation; null for those that are not shown here.
   * @param {import('./types.js').Summary} summary
   */
  update(summary) {
    const conversation = this.#ofId(summary.conversation_id);
    conversation?.update(summary);
    return conversation;
  }

  /** @param {string} conversationId */
  #ofId(conversationId) {
    // Spaces are not shown here yet.
    const peerId = peerOf(conversationId, this.#client.me);
    return peerId ? this.getOrCreate(peerId) : null;
  }

  /**
   * Those with something in them, newest first.
   * @param {Conversation | null} [selected] is listed, too, when it is empty
   */
  list(selected = null) {
    return [...this.#byPeer.values()]
      .filter((one) => one.newestAt || one.compose.draft || one === selected)
      .sort((a, b) => b.newestAt.localeCompare(a.newestAt));
  }

  get unread() {
    return [...this.#byPeer.values()].reduce((sum, { unread }) => sum + unread, 0);
  }

  /** How much has not been sent yet. */
  get unsent() {
    return [...this.#byPeer.values()].reduce((sum, { waiting }) => sum + waiting, 0);
  }
}
