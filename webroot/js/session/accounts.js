import { shared, tab } from './browser-storage.js';

/** Accounts remembered in this browser. */
const MAX_ACCOUNTS = 20;

/** @typedef {import('./types.js').Account} Account */

/** @param {string} userId */
const keyOf = (userId) => `account.${userId}`;

/**
 * Accounts of the people who logged in with this browser. Each tab has one current account, so two tabs may be two people. An account that logged out
 * stays without its tokens, so that it can be offered again.
 */
export const accounts = {
  /** @returns {Account[]} */
  list() {
    return shared
      .get('accounts', [])
      .map((/** @type {string} */ userId) => this.find(userId))
      .filter(Boolean);
  },

  /**
   * @param {string | null | undefined} userId
   * @returns {Account | null}
   */
  find(userId) {
    return userId ? shared.get(keyOf(userId)) : null;
  },

  /**
   * What a login shows to be known as this device. Empty for a new user, and for one who is logged in in another tab:
   * logging in again on the same device would end that.
   * @param {string} appId
   * @param {string} username
   * @returns {{device_id?: string, device_secret?: string}}
   */
  deviceOf(appId, username) {
    const name = username.toLowerCase();
    const known = this.list().find((account) => account.app_id === appId && account.username.toLowerCase() === name);
    if (!known || known.refresh_token) return {};
    const { device_id, device_secret } = known;
    return { device_id, device_secret };
  },

  /** The account of this tab, or the one used last in any tab; null when nobody is logged in. */
  current() {
    const own = tab.get('account');
    if (own === 'none') return null;
    const account = this.find(own ?? shared.get('account'));
    return account?.refresh_token ? account : null;
  },

  /** @param {string | null} userId */
  choose(userId) {
    tab.set('account', userId ?? 'none');
    if (userId) shared.set('account', userId);
  },

  /** @param {Account} account */
  save(account) {
    const others = shared.get('accounts', []).filter((/** @type {string} */ userId) => userId !== account.user_id);
    const kept = [account.user_id, ...others];
    for (const userId of kept.slice(MAX_ACCOUNTS)) shared.remove(keyOf(userId));
    shared.set('accounts', kept.slice(0, MAX_ACCOUNTS));
    shared.set(keyOf(account.user_id), account);
  },

  /**
   * Takes the tokens away: the account is logged out here. The device's secret stays, for the next login.
   * @param {string} userId
   */
  signOut(userId) {
    const account = this.find(userId);
    if (!account) return;
    const { user_token, refresh_token, expires_at, received_at, asked_before, ...rest } = account;
    shared.set(keyOf(userId), rest);
  },

  /** @param {string} userId */
  forget(userId) {
    shared.set(
      'accounts',
      shared.get('accounts', []).filter((/** @type {string} */ other) => other !== userId),
    );
    shared.remove(keyOf(userId));
  },

  /**
   * Calls back when another tab changed an account (renewed its tokens or logged it out).
   * @param {(userId: string) => void} callback
   */
  watch(callback) {
    shared.watch('account.', callback);
  },
};
