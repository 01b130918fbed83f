import { shared } from '../session/browser-storage.js';
import { shownFileName } from '../text/shown.js';
import { sizeText } from '../text/sizes.js';
import { measure } from './measure.js';
import { Store } from './store.js';

/** @typedef {import('./types.js').Message} Message */

/** Key of the user whose cookie for files the browser has: its accounts share one. */
const COOKIE_OF = 'files-cookie';
/** Own files that are shown from this page, not fetched. */
const MAX_PREVIEWS = 100;

/**
 * Files of messages as this tab shows them: where they are read, and how far those on their way are. Event: `change`.
 */
export class Files extends Store {
  #client;
  /** @type {(() => void)[]} */
  #cleanUp = [];
  #last = 0;
  /** Addresses of own files in this page, by client_id; null while one is looked for. @type {Map<string, string | null>} */
  #previews = new Map();
  /** The newest progress, by client_id. @type {Map<string, {sent: number, size: number, state: string}>} */
  #progress = new Map();
  /** @type {number | null | undefined} */
  #limit = null;
  /** The cookie is being asked for. @type {Promise<void> | null} */
  #opening = null;

  /** This page may read files. */
  ready = false;

  /** @param {import('./types.js').Client} client */
  constructor(client) {
    super();
    this.#client = client;
    this.#cleanUp.push(client.on('upload', (upload) => this.#applyProgress(upload)));
    this.access().catch(() => {});
  }

  close() {
    for (const end of this.#cleanUp) end();
    for (const url of this.#previews.values()) if (url) URL.revokeObjectURL(url);
  }

  /** @param {{client_id: string, sent: number, size: number, state: string}} upload */
  #applyProgress({ client_id: id, sent, size, state }) {
    if (state === 'done') this.#progress.delete(id);
    else this.#progress.set(id, { sent, size, state });
    this.changed();
  }

  /**
   * How far the file of a message is that is not up yet.
   * @param {Message} message
   */
  progress({ client_id: id, upload }) {
    return upload && { ...upload, ...this.#progress.get(id) };
  }

  /** @param {Message} message */
  pause(message) {
    return this.#client.pauseUpload(message.client_id);
  }

  /** @param {Message} message */
  resume(message) {
    return this.#client.resumeUpload(message.client_id);
  }

  /** Lets this page show files; again when another account of this browser was here meanwhile. */
  access({ again = false } = {}) {
    this.#opening ??= this.#open(again).finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /** @param {boolean} again */
  async #open(again) {
    const { me } = this.#client;
    const ofAnother = shared.get(COOKIE_OF) !== me;
    await this.#client.openFileAccess({ again: again || ofAnother });
    shared.set(COOKIE_OF, me);
    if (this.ready) return;
    this.ready = true;
    this.changed();
  }

  /**
   * @param {any} body
   * @param {{download?: boolean}} [options]
   */
  url(body, options) {
    return this.#client.fileUrl(body, options);
  }

  /** @param {any} body */
  thumbnail(body) {
    return this.#client.thumbnailUrl(body);
  }

  /**
   * Renews whatever stands in the way of reading a file: another account's cookie, a token that has ended.
   * @param {Message} message
   */
  async renew(message) {
    await Promise.all([this.access({ again: true }), this.#client.freshFileUrl(message)]);
    this.changed();
  }

  /** @param {any} body */
  isExpired(body) {
    return this.#client.isFileExpired(body);
  }

  /**
   * Saves a file as the browser does it.
   * @param {Message} message
   */
  async save(message) {
    const { body } = message;
    if (!body) return;
    if (shared.get(COOKIE_OF) !== this.#client.me || this.isExpired(body)) await this.renew(message);
    const link = document.createElement('a');
    link.href = this.url(body, { download: true });
    link.download = body.name ?? 'file';
    link.click();
  }

  /**
   * An own file from this device, or undefined; looked for where it waits to be sent.
   * @param {Message} message
   */
  preview(message) {
    const { client_id: id, sender_id: senderId } = message;
    if (senderId !== this.#client.me) return undefined;
    if (!this.#previews.has(id) && message.upload) {
      this.#previews.set(id, null);
      this.#client.waitingFile(id).then(
        (blob) => {
          if (!blob) return;
          this.#keepPreview(id, URL.createObjectURL(blob));
          this.changed();
        },
        () => {},
      );
    }
    return this.#previews.get(id) ?? undefined;
  }

  /**
   * @param {string} id
   * @param {string} url
   */
  #keepPreview(id, url) {
    this.#previews.set(id, url);
    if (this.#previews.size <= MAX_PREVIEWS) return;
    const [[oldest, oldUrl]] = this.#previews;
    if (oldUrl) URL.revokeObjectURL(oldUrl);
    this.#previews.delete(oldest);
  }

  /**
   * Forgets an own file whose message is no more.
   * @param {Message} message
   */
  dropPreview({ client_id: id }) {
    const url = this.#previews.get(id);
    if (url) URL.revokeObjectURL(url);
    this.#previews.delete(id);
  }

  /**
   * Takes files that were chosen, dropped or pasted. Those that are too large are left out, which `problem` says.
   * @param {Iterable<File>} list
   */
  async choose(list) {
    const limit = await this.#largest();
    const files = [...list];
    const fitting = files.filter(({ size }) => size <= limit);
    const refused = files.find((file) => !fitting.includes(file));
    const problem = refused
      ? `“${shownFileName(refused.name)}” is too large: ${sizeText(refused.size)}. Files may have ${sizeText(limit)}.`
      : '';
    return { chosen: fitting.map((file) => this.#attachment(file)), problem };
  }

  /** @param {File} file */
  #attachment(file) {
    /** @type {import('./types.js').Attachment} */
    const attachment = { id: ++this.#last, file, url: URL.createObjectURL(file), about: {} };
    // What is not known yet when it is sent is left out: the order of what a person sends does not wait for it.
    measure(file, attachment.url).then((about) => {
      attachment.about = about;
    });
    return attachment;
  }

  /** Asked for once; what cannot be asked for while offline is the server's to refuse. */
  async #largest() {
    this.#limit ??= await this.#client.fileLimit().catch(() => null);
    return this.#limit ?? Infinity;
  }

  /**
   * Sends what was chosen; the text goes with the first.
   * @param {string} peerId
   * @param {import('./types.js').Attachment[]} attachments
   * @param {string} text
   * @param {number} [replyTo]
   */
  send(peerId, attachments, text, replyTo) {
    for (const [i, { file, url, about }] of attachments.entries()) {
      this.#send(peerId, file, { ...about, ...(i === 0 ? { text, replyTo } : {}) }, url);
    }
  }

  /**
   * @param {string} peerId
   * @param {Blob} blob
   * @param {number} durationMs
   */
  sendVoice(peerId, blob, durationMs) {
    const name = `voice-note.${blob.type.includes('mp4') ? 'm4a' : blob.type.includes('ogg') ? 'ogg' : 'webm'}`;
    this.#send(peerId, blob, { name, durationMs, voice: true }, URL.createObjectURL(blob));
  }

  /**
   * @param {string} peerId
   * @param {Blob} file
   * @param {Parameters<import('./types.js').Client['sendFile']>[2]} options
   * @param {string} url
   */
  #send(peerId, file, options, url) {
    const { clientId } = this.#client.sendFile({ user_id: peerId }, file, options);
    this.#keepPreview(clientId, url);
  }
}
