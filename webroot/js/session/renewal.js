import { JovialError } from '@jovial/chat';
import { accounts } from './accounts.js';
import { post } from './api.js';
import { onlyOneTab } from './only-one-tab.js';

/** @typedef {import('./types.js').Account} Account */

/** A token with less left than this, in milliseconds, is renewed before it is used; others when the server refuses them. */
const MARGIN_MS = 5_000;
/** What one tab stores, another may read a moment later: the turn is kept this long after, in milliseconds. */
const SETTLE_MS = 300;

/**
 * An account's token, good for a while. `renew` asks for a new one even if the old one looks good; `not` names one known
 * to be bad. A refresh token works once, and using it twice ends the session: so only one tab renews at a time, and one
 * that waited first looks whether another has already done it.
 *
 * @param {string} userId
 * @param {{renew?: boolean, not?: string}} [why]
 * @returns {Promise<string>}
 */
export async function tokenOf(userId, { renew = false, not } = {}) {
  const before = accounts.find(userId);
  if (before?.refresh_token && !renew && !expires(before)) return tokenIn(before);
  return onlyOneTab(`renewal.${userId}`, async () => {
    const account = accounts.find(userId);
    if (!account?.refresh_token) throw new JovialError('unauthenticated', 'You are logged out.');
    const renewedElsewhere = account.user_token !== (not ?? before?.user_token);
    if (renewedElsewhere && !expires(account)) return tokenIn(account);
    return tokenIn(await renewed(account));
  });
}

/** @param {Account} account */
async function renewed(account) {
  const { refresh_token, asked_before, ...rest } = account;
  // Noted before it is sent: should the reply get lost, even with this page, the next request says so.
  accounts.save({ ...account, asked_before: true });
  const request = asked_before ? { refresh_token, retry: true } : { refresh_token };
  const { user_token, refresh_token: next, expires_at } = await post('ums.user.refresh', request);
  const fresh = { ...rest, user_token, refresh_token: next, expires_at, received_at: Date.now() };
  accounts.save(fresh);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return fresh;
}

/** @param {Account} account */
const tokenIn = (account) => account.user_token ?? '';

/**
 * Whether a token has ended, or is about to. By how long it has been here and not by the time of day, which a device may have
 * wrong by hours: a clock that is fast must not renew tokens for each request.
 * @param {Account} account
 */
function expires({ user_token: token, received_at: receivedAt }) {
  const { iat, exp } = claimsOf(token);
  if (!iat || !exp || receivedAt === undefined) return false;
  const age = Date.now() - receivedAt;
  // Negative after the clock was set back: how old it is nobody knows, and the server says whether it is good.
  return age > (exp - iat) * 1000 - MARGIN_MS;
}

/**
 * @param {string | undefined} token
 * @returns {{iat?: number, exp?: number}}
 */
function claimsOf(token) {
  try {
    return JSON.parse(atob(String(token).split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) ?? {};
  } catch {
    return {};
  }
}
