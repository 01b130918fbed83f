import { peerOf } from '@jovial/chat';
import { Conversation } from './conversation.js';
import { Store } from './store.js';

/** Conversations of the user in this tab, by the other person. Event: `change`, when the list or a line of it changes. */
export class Conversations extends Store {
  #client;
  #files;
  /** @type {Map<string, Conversation>} */
  #byPeer = new Map();

  /** False until the list has been read, and on a new device asked for. */
  loaded = false;

  /**
   * @param {import('./types.js').Client} client
   * @param {import('./files.js').Files} files
   */
  constructor(client, files) {
    super();
    this.#client = client;
    this.#files = files;
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
      conversation = new Conversation(this.#client, this.#files, peerId);
      conversation.addEventListener('change', () => this.changed());
      this.#byPeer.set(peerId, conversation);
    }
    return conversation;
  }

  /**
   * Takes over what the kit says of a conversation; null for those that are not shown here.
   * @param {import('./types.js').Summary} summary
   */
  update(summary) {
    // Spaces are not shown here yet.
    const peerId = peerOf(summary.conversation_id, this.#client.me);
    if (!peerId) return null;
    const conversation = this.getOrCreate(peerId);
    conversation.update(summary);
    return conversation;
  }

  /**
   * Those with something in them, newest first.
   * @param {Conversation | null} [selected] is listed, too, when it is empty
   */
  list(selected = null) {
    return [...this.#byPeer.values()]
      .filter((conversation) => conversation.newestAt || conversation === selected)
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
