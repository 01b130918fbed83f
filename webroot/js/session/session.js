import { connect, JovialError } from '@jovial/chat';
import { Drafts } from './drafts.js';
import { accounts } from './accounts.js';
import { tokenOf } from './renewal.js';

/** @typedef {import('./types.js').Account} Account */

/** How long a logout waits for the server, in milliseconds. */
const LOGOUT_PATIENCE_MS = 3_000;

/**
 * Account of this tab, and the kit's client of that user. Event: `change`.
 */
export class Session extends EventTarget {
  #opening = 0;

  /** @type {Account | null} */
  account = null;
  /** The kit's client, once the device's store is open. @type {import('@jovial/chat').Client | null} */
  client = null;
  #connection = 'connecting';
  /** Why the connection has ended. */
  reason = '';
  /** Why the person has to log in again, for the login page; empty when they asked for it themselves. */
  notice = '';

  constructor() {
    super();
    accounts.watch((userId) => this.#changedElsewhere(userId));
    window.addEventListener('online', () => this.#online());
    window.addEventListener('offline', () => this.#changed());
  }

  /**
   * `online`, `connecting`, `offline` or `ended`. That the network is gone the browser says at once, long before a
   * connection is found to be dead.
   */
  get connection() {
    const gone = globalThis.navigator?.onLine === false && this.#connection !== 'ended';
    return gone ? 'offline' : this.#connection;
  }

  /** The network is back: a connection that seems to be there may be dead, which a request shows. */
  #online() {
    this.client?.reconnectNow();
    this.client?.sync().catch(() => {});
    this.#changed();
  }

  /** Starts with the account of this tab, or with nobody. */
  start({ asNobody = false } = {}) {
    if (asNobody) accounts.choose(null);
    this.#adopt(asNobody ? null : accounts.current());
  }

  /**
   * Becomes the user of a login.
   * @param {import('./types.js').Login} reply
   * @param {{username: string, appId: string}} about
   */
  signIn(reply, { username, appId }) {
    const { user_id, device_id, device_secret, user_token, refresh_token, expires_at } = reply;
    const device = { device_id, device_secret };
    const account = { user_id, app_id: appId, username, ...device, user_token, refresh_token, expires_at };
    accounts.save({ ...account, received_at: Date.now() });
    this.use(user_id);
  }

  /**
   * Becomes another of the remembered accounts, or nobody; the other tabs stay who they are.
   * @param {string | null} userId
   */
  use(userId) {
    accounts.choose(userId);
    this.notice = '';
    this.#adopt(userId ? accounts.find(userId) : null);
  }

  /** Logs out this device, and takes the messages off it. Without a connection the server's session simply expires. */
  async signOut() {
    const userId = this.account?.user_id;
    if (!userId) return;
    const patience = new Promise((resolve) => setTimeout(resolve, LOGOUT_PATIENCE_MS));
    await Promise.race([this.client?.closeFileAccess().catch(() => {}), patience]);
    // The tokens are forgotten here all the same, which is what the person asked for.
    await Promise.race([this.request('ums.user.logout').catch(() => {}), patience]);
    accounts.signOut(userId);
    accounts.choose(null);
    new Drafts(userId).forgetAll();
    this.notice = '';
    this.#adopt(null, { forget: true });
  }

  /**
   * A request as this user.
   * @param {string} operation
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  request(operation, body = {}) {
    if (!this.client) return Promise.reject(JovialError.offline());
    return this.client.request(operation, body);
  }

  reconnect() {
    this.client?.reconnectNow();
  }

  /**
   * @param {Account | null} account
   * @param {{forget?: boolean}} [options]
   */
  async #adopt(account, { forget = false } = {}) {
    const opening = ++this.#opening;
    const before = this.client;
    this.account = account;
    this.client = null;
    this.#connection = 'connecting';
    this.#changed();
    await before
      ?.close({ forget })
      .catch((failure) => console.warn('The account before was not closed well:', failure));
    if (!account || opening !== this.#opening) return;
    const client = await connect({
      url: location.origin,
      user_id: account.user_id,
      device_id: account.device_id,
      token: (why) => tokenOf(account.user_id, why),
    });
    if (opening !== this.#opening) {
      await client.close();
      return;
    }
    this.client = client;
    this.#applyConnection({ state: client.connection });
    client.on('connection', (status) => client === this.client && this.#applyConnection(status));
    this.#changed();
  }

  /** @param {{state: string, reason?: string}} status */
  #applyConnection({ state, reason = '' }) {
    if (state === 'closed') return;
    this.#connection = state;
    this.reason = reason;
    if (state === 'ended' && !['replaced', 'closed'].includes(reason)) {
      this.#ended('Your session has ended. Please log in again.');
    } else {
      this.#changed();
    }
  }

  /** @param {string} userId */
  #changedElsewhere(userId) {
    if (userId !== this.account?.user_id || accounts.find(userId)?.refresh_token) return;
    this.#ended('You logged out in another tab.');
  }

  /**
   * What waits to be sent stays on the device for when the person is back.
   * @param {string} notice
   */
  #ended(notice) {
    if (this.account) accounts.signOut(this.account.user_id);
    accounts.choose(null);
    this.notice = notice;
    this.#adopt(null);
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
