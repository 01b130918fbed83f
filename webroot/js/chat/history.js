/** Entries a page when one scrolls up, and when a conversation is opened. */
const PAGE = 50;
/** Entries a page when filling a gap. */
const GAP_PAGE = 200;
/** A gap of more pages than this is not filled: the window starts anew with the newest page. */
const MAX_GAP_PAGES = 5;

/** Loads the windows of conversations from the server's log. One load at a time per conversation. */
export class History {
  #session;
  #onChange;
  #work = new WeakMap();

  constructor(session, onChange) {
    this.#session = session;
    this.#onChange = onChange;
  }

  /** Loads the newest page, or what is missing after the window. */
  bringUpToDate(conversation) {
    return this.#exclusive(conversation, async () => {
      if (!conversation.id) return;
      if (conversation.loaded && conversation.entries.length) await this.#fillGap(conversation);
      else await this.#loadNewest(conversation);
    });
  }

  loadOlder(conversation) {
    if (!conversation.hasOlder || conversation.loadingOlder) return Promise.resolve();
    conversation.loadingOlder = true;
    this.#onChange();
    return this.#exclusive(conversation, async () => {
      try {
        const page = await this.#page(conversation, { before: conversation.firstHeld, limit: PAGE });
        conversation.prependPage(page.entries, page.more);
      } finally {
        conversation.loadingOlder = false;
      }
    });
  }

  async #loadNewest(conversation) {
    const page = await this.#page(conversation, { limit: PAGE });
    conversation.replace(page.entries, page.more);
  }

  async #fillGap(conversation) {
    for (let pages = 0; pages < MAX_GAP_PAGES; pages++) {
      const page = await this.#page(conversation, { after: conversation.lastHeld, limit: GAP_PAGE });
      conversation.appendPage(page.entries);
      if (!page.more) return;
    }
    await this.#loadNewest(conversation);
  }

  async #page(conversation, range) {
    const reply = await this.#session.request('mss.history', { conversation_id: conversation.id, ...range });
    return { entries: reply.entries ?? [], more: reply.more === true };
  }

  #exclusive(conversation, task) {
    const before = this.#work.get(conversation) ?? Promise.resolve();
    const work = before.then(async () => {
      try {
        await task();
        conversation.error = null;
      } catch (error) {
        // A lost connection heals by itself: the catch-up after it loads again.
        if (!error.lost) conversation.error = error;
      }
      this.#onChange();
    });
    this.#work.set(conversation, work);
    return work;
  }
}
