/** What this tab shows of a direct conversation: a window on the newest messages, and what the person is doing in it. */
export class Conversation {
  /** What the kit says of it; null before its first message. */
  summary = null;
  /** As the kit shows them, in order; those on their way last. */
  messages = [];
  /** How many of the newest are shown. */
  limit = 0;
  /** The window was read. */
  loaded = false;
  loadingOlder = false;
  /** Nothing is older than what is shown. */
  atStart = false;
  /** Why older messages could not be loaded; null when all is well. */
  error = null;
  draft = '';
  /** Files that are chosen and not sent yet: `{id, file, url}`. */
  attachments = [];
  /** The message that is being answered, or changed. */
  answering = null;
  editing = null;
  /** The unread marker is shown above the first message after this; null for none. */
  unreadAfter = null;
  /** The other is typing. */
  typing = false;

  constructor(peerId, id) {
    this.peerId = peerId;
    this.id = id;
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

  get firstHeld() {
    return this.messages[0]?.seq ?? 0;
  }

  /** The newest message that is shown. */
  get lastHeld() {
    return this.messages.findLast(({ seq }) => seq)?.seq ?? 0;
  }

  get hasOlder() {
    return this.loaded && !this.atStart && this.firstHeld > Math.max(1, this.summary?.first_seq ?? 0);
  }

  get newestAt() {
    return this.summary?.newest_at ?? '';
  }

  /** What waits to be sent, or has failed. */
  get waiting() {
    return this.summary?.queued ?? 0;
  }
}
