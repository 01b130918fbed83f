import { Store } from './store.js';

/** @typedef {import('./types.js').Message} Message */
/** @typedef {import('../session/drafts.js').Quoted} Quoted */

/**
 * What is written in a conversation and not sent yet: a draft, or an edit, what it replies to, the files. Texts are kept on
 * the device. Event: `change`.
 */
export class Compose extends Store {
  #client;
  #files;
  #conversation;
  #drafts;

  draft = '';
  /** The message that is replied to. @type {Quoted | null} */
  replyingTo = null;
  /** The message that is being changed, and its new text. @type {{message: Quoted, text: string} | null} */
  edit = null;
  /** Files that go with the next message. @type {import('./types.js').Attachment[]} */
  attachments = [];

  /**
   * @param {import('./types.js').Client} client
   * @param {import('./files.js').Files} files
   * @param {import('./conversation.js').Conversation} conversation
   * @param {import('../session/drafts.js').Drafts} drafts
   */
  constructor(client, files, conversation, drafts) {
    super();
    this.#client = client;
    this.#files = files;
    this.#conversation = conversation;
    this.#drafts = drafts;
    this.restore();
  }

  /** Takes over what the device has kept, also from another tab. */
  restore() {
    const { text, replyingTo = null, edit = null } = this.#drafts.get(this.#conversation.id);
    Object.assign(this, { draft: text, replyingTo, edit });
    this.changed();
  }

  #keep() {
    const { draft: text, replyingTo, edit } = this;
    this.#drafts.set(this.#conversation.id, { text, replyingTo, edit });
    this.changed();
  }

  /** What stands in the field. */
  get text() {
    return this.edit ? this.edit.text : this.draft;
  }

  /** @param {string} text */
  write(text) {
    if (this.edit) this.edit = { ...this.edit, text };
    else this.draft = text;
    this.#client.typing(this.#conversation.id, text !== '');
    this.#keep();
  }

  /** The person writes no more for now. */
  pause() {
    this.#client.typing(this.#conversation.id, false);
  }

  /** @param {Message} message */
  replyTo(message) {
    this.replyingTo = message;
    this.edit = null;
    this.#keep();
  }

  /**
   * Begins to change a message; the draft stays.
   * @param {Message} message
   */
  beginEdit(message) {
    this.edit = { message, text: String(message.body?.text ?? '') };
    this.replyingTo = null;
    this.#keep();
  }

  /** Ends a reply or an edit without sending it. */
  cancel() {
    this.replyingTo = null;
    this.edit = null;
    this.#keep();
  }

  /**
   * Ends a reply to, or an edit of, a message that is no more.
   * @param {(number | undefined)[]} seqs
   */
  dropRemoved(seqs) {
    if (seqs.includes(this.replyingTo?.seq ?? NaN) || seqs.includes(this.edit?.message.seq ?? NaN)) this.cancel();
  }

  /** Sends what is written; the first file has the text as its caption. */
  send() {
    const conversation = this.#conversation;
    const text = this.text.trim();
    const replyTo = this.replyingTo?.seq;
    this.pause();
    if (this.edit) this.#client.edit(conversation.id, /** @type {number} */ (this.edit.message.seq), text);
    else if (this.attachments.length) this.#files.send(conversation.peerId, this.attachments, text, replyTo);
    else this.#client.send({ user_id: conversation.peerId }, text, { replyTo });
    if (!this.edit) {
      this.draft = '';
      this.attachments = [];
    }
    this.cancel();
    conversation.window.toEnd();
  }

  /**
   * @param {Blob} blob
   * @param {number} durationMs
   */
  sendVoice(blob, durationMs) {
    this.#files.sendVoice(this.#conversation.peerId, blob, durationMs);
    this.#conversation.window.toEnd();
  }

  /**
   * Files to go with the next message; resolves with what is wrong with them, or ''.
   * @param {Iterable<File>} list
   */
  async attach(list) {
    const { chosen, problem } = await this.#files.choose(list);
    this.attachments = [...this.attachments, ...chosen];
    this.changed();
    return problem;
  }

  /** @param {number} id */
  detach(id) {
    const gone = this.attachments.find((attachment) => attachment.id === id);
    if (gone) URL.revokeObjectURL(gone.url);
    this.attachments = this.attachments.filter((attachment) => attachment !== gone);
    this.changed();
  }
}
