/** A conversation that is left keeps this many entries in memory; older ones are loaded again by scrolling. */
const KEEP_ENTRIES = 200;

/**
 * What this tab holds of the log of one direct conversation: a window without gaps, `entries`, and the entry
 * known to be the newest, `last`, which may lie beyond the window until that is filled.
 */
export class Conversation {
  /** Unknown until the first message was stored. */
  id = null;
  entries = [];
  last = null;
  readSeq = 0;
  /** The newest page was loaded. */
  loaded = false;
  hasOlder = false;
  loadingOlder = false;
  /** Why history could not be loaded; null when all is well. */
  error = null;
  /** Messages on their way, in the order they were written. */
  outgoing = [];
  draft = '';
  /** The unread marker is shown above the first entry after this; null for none. */
  unreadAfter = null;

  constructor(peerId) {
    this.peerId = peerId;
  }

  get lastSeq() {
    return this.last?.seq ?? 0;
  }

  get firstHeld() {
    return this.entries[0]?.seq ?? 0;
  }

  get lastHeld() {
    return this.entries.at(-1)?.seq ?? 0;
  }

  get unread() {
    return Math.max(0, this.lastSeq - this.readSeq);
  }

  /** True when the log is known to go on beyond what is held. */
  get behind() {
    return this.loaded && this.lastHeld < this.lastSeq;
  }

  /** Notes that an entry exists. */
  note(entry) {
    this.id ??= entry.conversation_id;
    if (entry.seq > this.lastSeq) this.last = entry;
  }

  /** Adds an entry if it is the next one; anything else is known already or left to `behind`. */
  append(entry) {
    this.note(entry);
    if (this.loaded && entry.seq === this.lastHeld + 1) {
      this.entries = [...this.entries, entry];
      this.#settle([entry]);
    }
  }

  /** Adds a page that follows what is held. */
  appendPage(entries) {
    const news = entries.filter((entry) => entry.seq > this.lastHeld);
    if (!news.length) return;
    this.entries = [...this.entries, ...news];
    this.note(news.at(-1));
    this.#settle(news);
  }

  prependPage(entries, more) {
    const older = entries.filter((entry) => entry.seq < this.firstHeld);
    this.entries = [...older, ...this.entries];
    this.hasOlder = more && older.length > 0;
  }

  /** Starts the window anew with the newest page. */
  replace(entries, more) {
    this.entries = entries;
    this.hasOlder = more;
    this.loaded = true;
    if (entries.length) this.note(entries.at(-1));
    this.#settle(entries);
  }

  trim() {
    if (this.entries.length <= KEEP_ENTRIES) return;
    this.entries = this.entries.slice(-KEEP_ENTRIES);
    this.hasOlder = true;
  }

  markRead(seq = this.lastSeq) {
    if (seq <= this.readSeq) return false;
    this.readSeq = seq;
    return true;
  }

  /** An entry that is in the log is no longer on its way, whoever told us first. */
  #settle(entries) {
    if (!this.outgoing.length) return;
    const ids = new Set(entries.map((entry) => entry.client_id));
    this.outgoing = this.outgoing.filter((item) => !ids.has(item.client_id));
  }
}
