import { shared } from '../session/browser-storage.js';
import { sizeText } from '../text/sizes.js';
import { measure } from './measure.js';

/** Whose the cookie for files is: accounts of one browser share its place. */
const COOKIE_OF = 'files-cookie';
/** Files of one's own that are shown from this page, not fetched. */
const MAX_PREVIEWS = 100;

/**
 * The files of messages as this tab shows them: where they are read, how far those on their way are, and those that are
 * chosen and not sent yet. Event: `change`, when something goes on.
 */
export class Files extends EventTarget {
  #client;
  #cleanUp = [];
  #last = 0;
  /** Addresses of own files in this page, by client_id; null while one is looked for. */
  #previews = new Map();
  /** The progress that was told last, by client_id. */
  #progress = new Map();
  #limit = null;
  /** The cookie is being asked for. */
  #opening = null;

  /** This page may read files. */
  ready = false;

  constructor(client) {
    super();
    this.#client = client;
    this.#cleanUp.push(client.on('upload', (upload) => this.#took(upload)));
    this.access().catch(() => {});
  }

  close() {
    for (const end of this.#cleanUp) end();
    for (const url of this.#previews.values()) if (url) URL.revokeObjectURL(url);
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  #took({ client_id: id, sent, size, state }) {
    if (state === 'done') this.#progress.delete(id);
    else this.#progress.set(id, { sent, size, state });
    this.#changed();
  }

  /** How far the file of a message is that is not up yet. */
  progress({ client_id: id, upload }) {
    return upload && { ...upload, ...this.#progress.get(id) };
  }

  pause(message) {
    return this.#client.pauseUpload(message.client_id);
  }

  resume(message) {
    return this.#client.resumeUpload(message.client_id);
  }

  /** Lets this page show files; again when another account of this browser was here meanwhile. */
  access({ again = false } = {}) {
    this.#opening ??= this.#open(again).finally(() => (this.#opening = null));
    return this.#opening;
  }

  async #open(again) {
    const { me } = this.#client;
    const taken = shared.get(COOKIE_OF) !== me;
    await this.#client.openFileAccess({ again: again || taken });
    shared.set(COOKIE_OF, me);
    if (this.ready) return;
    this.ready = true;
    this.#changed();
  }

  url(body, options) {
    return this.#client.fileUrl(body, options);
  }

  thumbnail(body) {
    return this.#client.thumbnailUrl(body);
  }

  /** Whatever stands in the way of reading a file: another account's cookie, a token that has ended. */
  async renew(message) {
    await Promise.all([this.access({ again: true }), this.#client.freshFileUrl(message)]);
    this.#changed();
  }

  isExpired(body) {
    return this.#client.isFileExpired(body);
  }

  /** Saves a file as the browser does it. */
  async save(message) {
    const { body } = message;
    if (shared.get(COOKIE_OF) !== this.#client.me || this.isExpired(body)) await this.renew(message);
    const link = document.createElement('a');
    link.href = this.url(body, { download: true });
    link.download = body.name ?? 'file';
    link.click();
  }

  /** An own file from this device, or undefined; looked for where it waits to be sent. */
  preview(message) {
    const { client_id: id, sender_id: senderId } = message;
    if (senderId !== this.#client.me) return undefined;
    if (!this.#previews.has(id) && message.upload) {
      this.#previews.set(id, null);
      this.#client.waitingFile(id).then(
        (blob) => {
          if (!blob) return;
          this.#keepPreview(id, URL.createObjectURL(blob));
          this.#changed();
        },
        () => {},
      );
    }
    return this.#previews.get(id) ?? undefined;
  }

  #keepPreview(id, url) {
    this.#previews.set(id, url);
    if (this.#previews.size <= MAX_PREVIEWS) return;
    const [oldest, oldUrl] = this.#previews.entries().next().value;
    if (oldUrl) URL.revokeObjectURL(oldUrl);
    this.#previews.delete(oldest);
  }

  /** Chosen, dropped or pasted; sent with the next message. Those that are too large are told, as a sentence. */
  async choose(conversation, list) {
    const limit = await this.#largest();
    const files = [...list];
    const fitting = files.filter(({ size }) => size <= limit);
    for (const file of fitting) {
      const attachment = { id: ++this.#last, file, url: URL.createObjectURL(file), about: {} };
      conversation.attachments = [...conversation.attachments, attachment];
      // What is not known yet when it is sent is left out: the order of what a person sends does not wait for it.
      measure(file, attachment.url).then((about) => (attachment.about = about));
    }
    const refused = files.find((file) => !fitting.includes(file));
    return refused ? `“${refused.name}” is too large: ${sizeText(refused.size)}. Files may have ${sizeText(limit)}.` : '';
  }

  /** Asked for once; what cannot be asked for while offline is the server's to refuse. */
  async #largest() {
    this.#limit ??= await this.#client.fileLimit().catch(() => null);
    return this.#limit ?? Infinity;
  }

  remove(conversation, id) {
    const gone = conversation.attachments.find((attachment) => attachment.id === id);
    if (gone) URL.revokeObjectURL(gone.url);
    conversation.attachments = conversation.attachments.filter((attachment) => attachment !== gone);
  }

  /** Sends what was chosen; the text goes with the first. */
  send(conversation, text, replyTo) {
    const { attachments } = conversation;
    conversation.attachments = [];
    for (const [i, { file, url, about }] of attachments.entries()) {
      this.#send(conversation, file, { ...about, ...(i === 0 ? { text, replyTo } : {}) }, url);
    }
  }

  sendVoice(conversation, blob, durationMs) {
    const name = `voice-note.${blob.type.includes('mp4') ? 'm4a' : blob.type.includes('ogg') ? 'ogg' : 'webm'}`;
    this.#send(conversation, blob, { name, durationMs, voice: true }, URL.createObjectURL(blob));
  }

  #send(conversation, file, options, url) {
    const { clientId } = this.#client.sendFile({ user_id: conversation.peerId }, file, options);
    this.#keepPreview(clientId, url);
  }
}
