import { shared, tab } from './browser-storage.js';

/** Accounts remembered in this browser. */
const MAX_ACCOUNTS = 20;

const keyOf = (userId) => `account.${userId}`;

/**
 * The people who logged in with this browser: `{user_id, app_id, username, device_id, user_token, refresh_token,
 * expires_at}`. Each tab has one current account, so two tabs may be two people. An account that logged out
 * stays without its tokens, so that it can be offered again.
 */
export const accounts = {
  list() {
    return shared
      .get('accounts', [])
      .map((userId) => this.find(userId))
      .filter(Boolean);
  },

  find(userId) {
    return userId ? shared.get(keyOf(userId)) : null;
  },

  /** The account of this tab, or the one used last in any tab; null when nobody is logged in. */
  current() {
    const own = tab.get('account');
    if (own === 'none') return null;
    const account = this.find(own ?? shared.get('account'));
    return account?.refresh_token ? account : null;
  },

  choose(userId) {
    tab.set('account', userId ?? 'none');
    if (userId) shared.set('account', userId);
  },

  save(account) {
    const others = shared.get('accounts', []).filter((userId) => userId !== account.user_id);
    const kept = [account.user_id, ...others];
    for (const userId of kept.slice(MAX_ACCOUNTS)) shared.remove(keyOf(userId));
    shared.set('accounts', kept.slice(0, MAX_ACCOUNTS));
    shared.set(keyOf(account.user_id), account);
  },

  /** Takes the tokens away: the account is logged out here. */
  signOut(userId) {
    const account = this.find(userId);
    if (!account) return;
    const { user_token, refresh_token, expires_at, asked_before, ...rest } = account;
    shared.set(keyOf(userId), rest);
  },

  forget(userId) {
    shared.set(
      'accounts',
      shared.get('accounts', []).filter((other) => other !== userId),
    );
    shared.remove(keyOf(userId));
  },

  /** Calls back when another tab changed this account (renewed its tokens or logged it out). */
  watch(callback) {
    window.addEventListener('storage', (event) => {
      const prefix = 'jovial.account.';
      if (event.key?.startsWith(prefix)) callback(event.key.slice(prefix.length));
    });
  },
};
