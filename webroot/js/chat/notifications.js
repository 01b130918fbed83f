import { onNotificationOpened } from '../offline.js';
import { shared } from '../session/browser-storage.js';
import { bodyText } from '../text/body-text.js';
import { Store } from './store.js';

const NAME = 'notify';
/** Characters of a message that are shown. */
const PREVIEW = 140;

/**
 * Notifications of new messages: a local trigger of the kit, so that each message is shown once per browser, whichever
 * tab is there and also when it was missed. Asked for by a button, never by itself. Event: `change`.
 */
export class Notifications extends Store {
  #client;
  #chat;

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
      do: (entry) => this.#notify(entry),
    });
  }

  /** @param {any} entry */
  async #notify({ conversation_id: id, sender_id: senderId, seq, body }) {
    if (senderId === this.#client.me) return;
    const { read_upto: readUpto } = await this.#client.conversation(id);
    const looking = this.#chat.pageVisible && this.#chat.selected?.peerId === senderId;
    if (looking || readUpto >= seq) return;
    const registration = await navigator.serviceWorker.ready;
    const text = bodyText(body).slice(0, PREVIEW);
    // One for each conversation: the newest replaces the ones before. TypeScript does not know `renotify`.
    const options = /** @type {NotificationOptions} */ ({
      body: text,
      tag: id,
      renotify: true,
      icon: '/icons/icon-192.png',
      data: { with: senderId },
    });
    await registration.showNotification(this.#chat.people.get(senderId).label, options);
  }
}
