import { onNotificationOpened } from '../offline.js';
import { shared } from '../session/browser-storage.js';
import { bodyText } from '../text/body-text.js';
import { Store } from './store.js';

const NAME = 'notify';
/** Characters of a message that are shown. */
const PREVIEW = 140;
/** Messages that come within this time, in milliseconds, are shown together: a device that was away gets hundreds at once. */
const COLLECT_MS = 500;

/**
 * Notifications of new messages: a local trigger of the kit, so that each message is shown once per browser, whichever
 * tab is there and also when it was missed. Asked for by a button, never by itself. Event: `change`.
 */
export class Notifications extends Store {
  #client;
  #chat;
  /** The newest message of each conversation that is to be shown. @type {Map<string, {senderId: string, seq: number, body: any}>} */
  #due = new Map();
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;
  /** Conversations that this tab has shown a notification for. @type {Set<string>} */
  #shown = new Set();

  /**
   * @param {import('./types.js').Client} client
   * @param {import('./chat.js').Chat} chat
   */
  constructor(client, chat) {
    super();
    this.#client = client;
    this.#chat = chat;
    onNotificationOpened((/** @type {string} */ userId) => {
      location.hash = new URLSearchParams({ with: userId }).toString();
    });
    chat.conversations.addEventListener('change', () => this.#closeRead().catch(() => {}));
    if (this.state === 'on') this.#register();
  }

  get #key() {
    return `notify.${this.#client.me}`;
  }

  /** `on`, `off`, `denied` (by the browser's settings) or `impossible`. */
  get state() {
    if (!('Notification' in window) || !navigator.serviceWorker) return 'impossible';
    if (Notification.permission === 'denied') return 'denied';
    return Notification.permission === 'granted' && shared.get(this.#key) ? 'on' : 'off';
  }

  async turnOn() {
    const answer = await Notification.requestPermission();
    if (answer === 'granted') {
      shared.set(this.#key, true);
      await this.#register();
    }
    this.changed();
  }

  async turnOff() {
    shared.remove(this.#key);
    await this.#client.removeTrigger(NAME);
    this.changed();
  }

  #register() {
    return this.#client.trigger({
      name: NAME,
      on: 'message',
      where: { recipient_id: this.#client.me },
      do: (entry) => this.#add(entry),
    });
  }

  /**
   * Takes a message into account; those that come together are shown as one.
   * @param {any} entry
   */
  #add({ conversation_id: id, sender_id: senderId, seq, body }) {
    if (senderId === this.#client.me) return;
    this.#due.set(id, { senderId, seq, body });
    this.#timer ??= setTimeout(() => this.#showDue(), COLLECT_MS);
  }

  async #showDue() {
    this.#timer = null;
    const due = [...this.#due];
    this.#due.clear();
    for (const [id, message] of due) await this.#show(id, message);
  }

  /**
   * @param {string} id
   * @param {{senderId: string, seq: number, body: any}} message
   */
  async #show(id, { senderId, seq, body }) {
    const { read_upto: readUpto, unread } = await this.#client.conversation(id);
    const looking = this.#chat.pageVisible && this.#chat.selected?.peerId === senderId;
    if (looking || readUpto >= seq) return;
    const registration = await navigator.serviceWorker.ready;
    const { label } = this.#chat.people.get(senderId);
    this.#shown.add(id);
    // One for each conversation: a newer one takes its place, without a sound.
    await registration.showNotification(unread > 1 ? `${label} (${unread} new)` : label, {
      body: bodyText(body).slice(0, PREVIEW),
      tag: id,
      icon: '/icons/icon-192.png',
      data: { with: senderId },
    });
  }

  /** What was read, here or on another device, is no news any more. */
  async #closeRead() {
    const read = this.#chat.conversations.list().filter(({ id, unread }) => !unread && this.#shown.has(id));
    if (!read.length) return;
    const registration = await navigator.serviceWorker.ready;
    for (const { id } of read) {
      this.#shown.delete(id);
      for (const notification of await registration.getNotifications({ tag: id })) notification.close();
    }
  }

  close() {
    clearTimeout(this.#timer ?? undefined);
  }
}
