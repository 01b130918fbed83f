import { Close } from '../transport/connection.js';
import { accounts } from './accounts.js';
import { Renewal } from './renewal.js';

/** Errors that mean that our credentials are worth nothing any more. */
const FINAL = new Set(['unauthenticated', 'forbidden', 'not_found', 'gone', 'invalid_request']);
/** A failed opening is tried again after this long, in milliseconds. */
const REOPEN_MS = 2_000;

/**
 * Who this tab is, and whether the server knows it.
 *
 * `status`: `signed-out`, `opening` (logged in, the server not reached yet), `ready`.
 * Events: `change`, `ready` (each time a session was opened: catch up now), `event` (detail: a pushed event).
 */
export class Session extends EventTarget {
  #connection;
  #renewal;
  #openings = 0;
  #mustRenew = false;

  account = null;
  status = 'signed-out';
  /** Why the person has to log in again, for the login page; empty when they asked for it themselves. */
  notice = '';
  /** The server's clock minus ours, in milliseconds. */
  clockOffsetMs = 0;

  constructor(connection) {
    super();
    this.#connection = connection;
    this.#renewal = new Renewal(connection, () => this.now());
    connection.addEventListener('open', () => this.#open());
    connection.addEventListener('closed', (event) => this.#closed(event.detail.code));
    connection.addEventListener('push', (event) => this.#pushed(event.detail));
    connection.addEventListener('refused', (event) => this.#refused(event.detail));
    accounts.watch((userId) => this.#changedElsewhere(userId));
  }

  now() {
    return Date.now() + this.clockOffsetMs;
  }

  /** Starts with the account of this tab, or with nobody. */
  start({ asNobody = false } = {}) {
    if (asNobody) accounts.choose(null);
    this.#adopt(asNobody ? null : accounts.current());
    if (this.account) this.#connection.start();
  }

  /** Takes the reply of a login and becomes that user. */
  signIn(reply, { username, appId }) {
    const account = {
      user_id: reply.user_id,
      app_id: appId,
      username,
      device_id: reply.device_id,
      user_token: reply.user_token,
      refresh_token: reply.refresh_token,
      expires_at: reply.expires_at,
    };
    accounts.save(account);
    this.use(account.user_id);
  }

  /** Becomes another of the remembered accounts, or nobody; the other tabs stay who they are. */
  use(userId) {
    accounts.choose(userId);
    this.notice = '';
    this.#adopt(userId ? accounts.find(userId) : null);
    // A connection stays bound to the user who opened it, so the next one needs its own.
    this.#connection.restart();
  }

  /** Logs out this device. Works without a connection too: then the server's session simply expires. */
  async signOut() {
    const userId = this.account.user_id;
    try {
      if (this.status === 'ready') await this.request('ums.user.logout');
    } catch {
      // The tokens are forgotten here all the same, which is what the person asked for.
    }
    accounts.signOut(userId);
    this.use(null);
  }

  /** A request as this user. Renews the session once when the server does not know it any more. */
  async request(operation, body = {}, options = {}) {
    try {
      return await this.#connection.request(operation, body, options);
    } catch (error) {
      if (error.code !== 'unauthenticated' || this.status !== 'ready') throw error;
      await this.#open({ renew: true });
      if (this.status !== 'ready') throw error;
      return this.#connection.request(operation, body, options);
    }
  }

  async #open({ renew = false } = {}) {
    if (!this.account) return;
    const opening = ++this.#openings;
    const stale = () => opening !== this.#openings || !this.account;
    try {
      let account = await this.#renewal.ensure(this.account.user_id, { renew: renew || this.#mustRenew });
      if (stale()) return;
      let opened;
      try {
        opened = await this.#openWith(account);
      } catch (error) {
        if (error.code !== 'unauthenticated') throw error;
        account = await this.#renewal.ensure(account.user_id, { renew: true, not: account.user_token });
        if (stale()) return;
        opened = await this.#openWith(account);
      }
      if (!stale()) this.#opened(account, opened);
    } catch (error) {
      if (stale()) return;
      if (FINAL.has(error.code)) this.#ended('Your session has ended. Please log in again.');
      else this.#openAgainLater(opening, Math.max(error.retryAfterMs ?? 0, REOPEN_MS));
    }
  }

  #openWith(account) {
    const { user_token, device_id } = account;
    return this.#connection.request('session.open', { user_token, device_id });
  }

  #opened(account, reply) {
    this.#mustRenew = false;
    this.account = account;
    const serverTime = Date.parse(reply.server_time);
    if (serverTime) this.clockOffsetMs = serverTime - Date.now();
    if (reply.ping_interval_ms) this.#connection.pingEvery(reply.ping_interval_ms);
    this.#connection.register('inbox');
    this.#renewal.schedule(account, () => this.#open());
    const again = this.status === 'ready';
    this.#become('ready');
    if (!again) this.dispatchEvent(new Event('ready'));
  }

  #openAgainLater(opening, pauseMs) {
    setTimeout(() => {
      if (opening === this.#openings && this.#connection.state === 'open') this.#open();
    }, pauseMs);
  }

  #closed(code) {
    this.#openings++;
    // The token may have ended rather than the session: only a renewal tells.
    if (code === Close.SESSION_ENDED) this.#mustRenew = true;
    if (this.account) this.#become('opening');
  }

  #pushed(event) {
    if (this.status === 'ready') this.dispatchEvent(new CustomEvent('event', { detail: event }));
  }

  #refused(error) {
    if (error.code === 'unauthenticated' && this.status === 'ready') this.#open({ renew: true });
  }

  #changedElsewhere(userId) {
    if (userId !== this.account?.user_id) return;
    const account = accounts.find(userId);
    if (!account?.refresh_token) {
      this.#ended('You logged out in another tab.');
    } else if (account.user_token !== this.account.user_token) {
      this.account = account;
      if (this.#connection.state === 'open') this.#open();
    }
  }

  #ended(notice) {
    accounts.signOut(this.account.user_id);
    this.use(null);
    this.notice = notice;
    this.dispatchEvent(new Event('change'));
  }

  #adopt(account) {
    this.#openings++;
    this.#renewal.cancel();
    this.#mustRenew = false;
    this.account = account;
    this.#connection.wanted = account !== null;
    this.#become(account ? 'opening' : 'signed-out');
  }

  #become(status) {
    this.status = status;
    this.dispatchEvent(new Event('change'));
  }
}
