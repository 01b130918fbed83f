import { shared } from './browser-storage.js';

/** Conversations whose drafts are kept; the oldest goes first. */
const MAX_DRAFTS = 200;
/** Characters of a message that are kept with its edit or reply, to say which it is. */
const MAX_QUOTE = 200;

/**
 * What is kept of a text that is not sent yet.
 *
 * @typedef {import('../chat/types.js').Message} Message
 * @typedef {Pick<Message, 'seq' | 'sender_id' | 'body'>} Quoted
 *
 * @typedef {object} Draft
 * @property {string} text
 * @property {Quoted | null} [replyingTo]
 * @property {{message: Quoted, text: string} | null} [edit]
 * @property {number} [at] when it was written, in milliseconds
 */

/** @param {string} me */
const prefixOf = (me) => `draft.${me}.`;

/** Drafts of a user on this device, by conversation: they survive reloads, and all tabs have the same. */
export class Drafts {
  #prefix;
  #storage;

  /**
   * @param {string} me
   * @param {Pick<typeof shared, 'get' | 'set' | 'remove' | 'keys' | 'watch'>} [storage]
   */
  constructor(me, storage = shared) {
    this.#prefix = prefixOf(me);
    this.#storage = storage;
  }

  /**
   * @param {string} conversationId
   * @returns {Draft}
   */
  get(conversationId) {
    return this.#storage.get(this.#prefix + conversationId, { text: '' });
  }

  /**
   * Keeps a draft, or forgets it when there is nothing in it.
   * @param {string} conversationId
   * @param {Draft} draft
   */
  set(conversationId, { text, replyingTo, edit }) {
    const key = this.#prefix + conversationId;
    if (!text && !replyingTo && !edit) {
      this.#storage.remove(key);
      return;
    }
    if (!this.#storage.get(key)) this.#makeRoom();
    /** @type {Draft} */
    const kept = { text, at: Date.now() };
    if (replyingTo) kept.replyingTo = quoted(replyingTo);
    if (edit) kept.edit = { message: quoted(edit.message), text: edit.text };
    this.#storage.set(key, kept);
  }

  #makeRoom() {
    const ids = this.conversationIds();
    if (ids.length < MAX_DRAFTS) return;
    const [oldest] = ids.sort((a, b) => (this.get(a).at ?? 0) - (this.get(b).at ?? 0));
    this.#storage.remove(this.#prefix + oldest);
  }

  /**
   * Calls back when another tab has changed the draft of a conversation.
   * @param {(conversationId: string) => void} callback
   * @returns {() => void} ends it
   */
  watch(callback) {
    return this.#storage.watch(this.#prefix, callback);
  }

  /** Conversations in which something is written. */
  conversationIds() {
    return this.#storage.keys(this.#prefix);
  }

  /** After a logout nothing that was written stays on the device. */
  forgetAll() {
    for (const id of this.conversationIds()) this.#storage.remove(this.#prefix + id);
  }
}

/** @param {Quoted} message */
function quoted({ seq, sender_id, body }) {
  const text = String(body?.text ?? '').slice(0, MAX_QUOTE);
  return { seq, sender_id, body: body && { type: body.type, name: body.name, mime_type: body.mime_type, text } };
}
