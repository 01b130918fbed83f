import { Compose } from './compose.js';
import { ConversationWindow } from './conversation-window.js';
import { Store } from './store.js';

/**
 * A direct conversation in this tab: what the kit says of it, the window on its messages and what is written in it. Event:
 * `change`.
 */
export class Conversation extends Store {
  /** What the kit says of it; null before its first message. @type {import('./types.js').Summary | null} */
  summary = null;
  /** The other is typing. */
  typing = false;
  #client;
  /** The person has seen so much, which the kit may not have noted yet. */
  #seenUpto = 0;

  /**
   * @param {import('./types.js').Client} client
   * @param {import('./files.js').Files} files
   * @param {import('../session/drafts.js').Drafts} drafts
   * @param {string} peerId
   */
  constructor(client, files, drafts, peerId) {
    super();
    this.#client = client;
    this.peerId = peerId;
    this.id = client.conversationId({ user_id: peerId });
    this.window = new ConversationWindow(client, this);
    this.compose = new Compose(client, files, this, drafts);
  }

  get unread() {
    return this.summary?.unread ?? 0;
  }

  get lastSeq() {
    return this.summary?.last_seq ?? 0;
  }

  get readSeq() {
    return this.summary?.read_upto ?? 0;
  }

  /** Messages up to here have been on the screen. */
  get seenUpto() {
    return Math.max(this.readSeq, this.#seenUpto);
  }

  get newestAt() {
    return this.summary?.newest_at ?? '';
  }

  /** What waits to be sent, or has failed. */
  get waiting() {
    return this.summary?.queued ?? 0;
  }

  /**
   * Replaces the summary.
   * @param {import('./types.js').Summary} summary
   */
  update(summary) {
    this.summary = summary;
    this.changed();
  }

  /**
   * The person has seen the messages up to here.
   * @param {number} seq
   */
  markSeen(seq) {
    if (seq <= this.seenUpto || !this.unread) return;
    this.#seenUpto = seq;
    this.#client.markRead(this.id, seq).catch(() => {});
  }

  /** @param {boolean} typing */
  setTyping(typing) {
    if (this.typing === typing) return;
    this.typing = typing;
    this.changed();
  }
}
