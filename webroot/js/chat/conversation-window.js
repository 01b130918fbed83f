/** Messages shown when a conversation is opened, and more each time one scrolls beyond them. */
export const PAGE = 50;
/** Messages shown at once: beyond that, those at the far end are taken out again. */
export const MAX_SHOWN = 200;
/** Entries asked of the server at once. */
const FETCH = 200;
/** Pages of older entries asked for in a row: a page may hold nothing but reactions. */
const MAX_PAGES = 5;
/** Pages read to get to a message that was written long ago. */
const MAX_JUMP_PAGES = 40;

/**
 * Window on the messages of a conversation: at most `MAX_SHOWN` in a row, the newest or those around where one reads.
 * The conversation says when it changes.
 */
export class ConversationWindow {
  #client;
  #conversation;
  #limit = PAGE;
  /** Messages from this seq on are below the window; Infinity while it follows the newest. */
  #before = Infinity;

  /** As the kit shows them, in order; those on their way last. @type {import('./types.js').Message[]} */
  messages = [];
  /** All entries up to here are in what is shown, also those that are no messages. */
  coveredUpto = 0;
  loaded = false;
  loadingOlder = false;
  /** New messages are scrolled to as they come. */
  following = true;
  /** The end has been on the screen: what comes now is seen to come, and not found there. */
  live = false;
  /** Nothing is older than what is shown. */
  atStart = false;
  /** Why older messages could not be loaded; null when all is well. @type {any} */
  error = null;
  /** The unread marker is shown above the first message after this; null for none. @type {number | null} */
  unreadAfter = null;

  /**
   * @param {import('./types.js').Client} client
   * @param {import('./conversation.js').Conversation} conversation
   */
  constructor(client, conversation) {
    this.#client = client;
    this.#conversation = conversation;
  }

  get firstHeld() {
    return this.messages[0]?.seq ?? 0;
  }

  /** The newest message that is shown. */
  get lastHeld() {
    return this.messages.findLast(({ seq }) => seq)?.seq ?? 0;
  }

  get hasOlder() {
    return this.loaded && !this.atStart && this.firstHeld > Math.max(1, this.#conversation.summary?.first_seq ?? 0);
  }

  /** There are messages below the window. */
  get hasNewer() {
    return this.#before !== Infinity;
  }

  /**
   * Reads what is shown again. Who follows the newest is shown the first that is unread; for those who read further up, new
   * messages stay below the window, so that nothing that is read falls out of it.
   */
  async read() {
    const { lastSeq, unread, seenUpto } = this.#conversation;
    const grown = this.loaded && lastSeq > this.coveredUpto;
    if (grown && !this.following && !this.hasNewer) this.#before = this.coveredUpto + 1;
    await this.#readRange();
    const unreadIsAbove = unread && !this.live && this.firstHeld > seenUpto + 1 && this.hasOlder;
    if (this.following && !this.hasNewer && unreadIsAbove) await this.#showAround(seenUpto + 1);
  }

  async #readRange() {
    const before = this.#before;
    const { lastSeq } = this.#conversation;
    const range = before === Infinity ? { limit: this.#limit } : { before, limit: this.#limit };
    const messages = await this.#client.messages(this.#conversation.id, range);
    // Somebody scrolled on meanwhile, and reads it again.
    if (before !== this.#before) return;
    this.messages = messages;
    this.coveredUpto = before === Infinity ? lastSeq : this.lastHeld;
    this.loaded = true;
  }

  /** Goes back to the newest messages. */
  async toEnd() {
    this.leave();
    this.#conversation.markSeen(this.#conversation.lastSeq);
    await this.read();
    this.#conversation.changed();
  }

  /** Left by the person: it opens at the newest, or the first that is unread. */
  leave() {
    this.unreadAfter = null;
    this.atStart = false;
    this.following = true;
    this.live = false;
    this.#before = Infinity;
    this.#limit = PAGE;
  }

  async loadOlder() {
    if (!this.hasOlder || this.loadingOlder) return;
    this.loadingOlder = true;
    this.#conversation.changed();
    try {
      await this.#extendUp();
      this.error = null;
    } catch (error) {
      // A lost connection heals by itself; one scrolls again.
      this.error = /** @type {any} */ (error).lost ? null : error;
    } finally {
      this.loadingOlder = false;
      this.#conversation.changed();
    }
  }

  async #extendUp() {
    const { id } = this.#conversation;
    const first = this.firstHeld;
    this.#makeRoomAbove();
    await this.#readRange();
    for (let page = 0, top = first; page < MAX_PAGES && this.firstHeld >= first; page++) {
      const { more, first: reached } = await this.#client.history(id, { before: top, limit: PAGE });
      await this.#readRange();
      if (!more && this.firstHeld >= first) this.atStart = true;
      if (!more || !reached) break;
      top = reached;
    }
  }

  /** The window grows; a full one moves up instead. */
  #makeRoomAbove() {
    this.#limit = Math.min(this.#limit + PAGE, MAX_SHOWN);
    const stored = this.messages.filter(({ seq }) => seq);
    const cut = stored[MAX_SHOWN - PAGE]?.seq;
    if (cut) this.#before = cut;
  }

  /** Shows what is below a window that is not at the end; all of that is on the device. */
  async loadNewer() {
    if (!this.hasNewer || this.loadingOlder) return;
    const { lastSeq } = this.#conversation;
    const last = this.lastHeld;
    this.#limit = Math.min(this.#limit + PAGE, MAX_SHOWN);
    do {
      const next = this.#before + PAGE;
      this.#before = next > lastSeq ? Infinity : next;
      await this.#readRange();
    } while (this.hasNewer && this.lastHeld === last);
    this.atStart = false;
    this.#conversation.changed();
  }

  /**
   * Moves the window until a message is shown; resolves with whether it is.
   * @param {number} seq
   */
  async loadUntil(seq) {
    const isShown = () => this.messages.some((message) => message.seq === seq);
    if (isShown()) return true;
    this.following = false;
    await this.#showAround(seq);
    this.#conversation.changed();
    return isShown();
  }

  /** @param {number} seq */
  async #showAround(seq) {
    await this.#fetchDownTo(seq);
    const below = seq + MAX_SHOWN / 2;
    this.#before = below > this.#conversation.lastSeq ? Infinity : below;
    this.#limit = MAX_SHOWN;
    this.atStart = false;
    await this.#readRange();
  }

  /**
   * Brings all from the newest down to a seq onto the device, without which nothing below a hole is shown.
   * @param {number} seq
   */
  async #fetchDownTo(seq) {
    const { id } = this.#conversation;
    try {
      for (let page = 0, top = this.firstHeld; page < MAX_JUMP_PAGES && top > seq; page++) {
        const { more, first } = await this.#client.history(id, { before: top, limit: FETCH });
        if (!more || !first) return;
        top = first;
      }
    } catch {
      // Offline: what is on the device is shown.
    }
  }

  reload() {
    this.error = null;
    return this.loadOlder();
  }
}
