import { BusError } from '../transport/bus-error.js';
import { accounts } from './accounts.js';
import { onlyOneTab } from './only-one-tab.js';

/** Tokens are renewed this long before they expire, in milliseconds; half of a short life at the most. */
const EARLY_MS = 60_000;
/** The least pause between two attempts, in milliseconds. */
const PAUSE_MS = 1_000;
/** What one tab stores, another may read a moment later: the turn is kept this long after, in milliseconds. */
const SETTLE_MS = 300;
/** The longest that setTimeout can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Keeps an account's tokens fresh. A refresh token works once, and using it twice ends the session: so only one
 * tab renews at a time, and one that waited first looks whether another has already done it.
 */
export class Renewal {
  #connection;
  #now;
  #timer;

  constructor(connection, now) {
    this.#connection = connection;
    this.#now = now;
  }

  /**
   * Resolves with the account, its token good for a while. `renew` asks for a new token even if the old one
   * looks good; `not` names a token known to be bad.
   */
  async ensure(userId, { renew = false, not } = {}) {
    const before = accounts.find(userId);
    if (before?.refresh_token && !renew && !this.#expires(before)) return before;
    return onlyOneTab(`renewal.${userId}`, async () => {
      const account = accounts.find(userId);
      if (!account?.refresh_token) throw new BusError('unauthenticated', 'You are logged out.');
      const renewedElsewhere = account.user_token !== (not ?? before?.user_token);
      if (renewedElsewhere && !this.#expires(account)) return account;
      return this.#renew(account);
    });
  }

  /** Calls back when the account's token should be renewed. */
  schedule(account, callback) {
    this.cancel();
    const left = Date.parse(account.expires_at) - this.#now();
    if (!(left > 0)) return;
    // Tabs have the same token; the jitter lets one of them be first.
    const wait = Math.max(left - EARLY_MS, left / 2, PAUSE_MS) * (0.8 + Math.random() / 5);
    // `ensure` is asked for a new token here, since one that is renewed early has not expired yet.
    this.#timer = setTimeout(
      () => this.ensure(account.user_id, { renew: true, not: account.user_token }).then(callback, callback),
      Math.min(wait, MAX_TIMER_MS),
    );
  }

  cancel() {
    clearTimeout(this.#timer);
  }

  async #renew(account) {
    const { refresh_token, asked_before, ...rest } = account;
    // Noted before it is sent: should the reply get lost, even with this page, the next request says so.
    accounts.save({ ...account, asked_before: true });
    const request = asked_before ? { refresh_token, retry: true } : { refresh_token };
    const reply = await this.#connection.request('ums.user.refresh', request);
    const { user_token, refresh_token: next, expires_at } = reply;
    const renewed = { ...rest, user_token, refresh_token: next, expires_at };
    accounts.save(renewed);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return renewed;
  }

  #expires(account) {
    return Date.parse(account.expires_at) - this.#now() < 5_000;
  }
}
