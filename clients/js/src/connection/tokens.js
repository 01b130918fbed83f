import { JovialError } from '../error.js';
import { claimsOf } from '../ids.js';

/**
 * What the app may give as `token`: called for the first token, and with `renew: true` and the token that is no longer
 * good for the next. Throwing an error with the code `unauthenticated` means that the person has to log in again.
 * @callback TokenProvider
 * @param {{renew: boolean, not?: string}} why
 * @returns {Promise<string | {user_token: string}>}
 *
 * @typedef {{user_token: string, refresh_token?: string, origin?: string, asked?: boolean}} Kept
 *
 * @typedef {object} Tokens
 * @property {(why: {renew: boolean, not?: string}) => Promise<string>} get
 * @property {boolean} renewable
 */

/**
 * @param {TokenProvider} provider
 * @returns {Tokens}
 */
export function providedTokens(provider) {
  return {
    renewable: true,
    async get(why) {
      const token = await provider(why);
      return typeof token === 'string' ? token : token.user_token;
    },
  };
}

const KEY = 'tokens';

/**
 * Renews tokens with a refresh token, which works once: the next one is in the store before it is used. Tokens given
 * to `connect` again after a restart count only if they are not those that the stored ones came from.
 * @implements {Tokens}
 */
export class TokenKeeper {
  #store;
  #request;
  #given;
  #clock;
  /** @type {Promise<void> | null} */
  #renewing = null;
  /** @type {Kept} */
  #tokens;

  /**
   * @param {import('../store/store.js').Store} store
   * @param {(operation: string, body: object) => Promise<any>} request
   * @param {{user_token: string, refresh_token?: string}} given
   * @param {import('../clock.js').ServerClock} clock
   */
  constructor(store, request, given, clock) {
    this.#clock = clock;
    this.#store = store;
    this.#request = request;
    this.#given = given;
    this.#tokens = given;
  }

  async open() {
    const kept = await this.#store.get('meta', KEY);
    const same = this.#given.refresh_token !== undefined && kept?.origin === this.#given.refresh_token;
    if (kept && (same || !this.#given.user_token)) this.#tokens = kept;
    else this.#tokens = { ...this.#given, origin: this.#given.refresh_token };
  }

  get renewable() {
    return Boolean(this.#tokens.refresh_token);
  }

  get current() {
    return this.#tokens.user_token;
  }

  /** @param {{renew: boolean, not?: string}} why */
  async get({ renew, not }) {
    // Whether it is still good is the server's to say: our clock may be wrong.
    if (!this.renewable) return this.#tokens.user_token;
    const expires = claimsOf(this.#tokens.user_token).exp ?? Infinity;
    const stale = this.#tokens.user_token === not || expires * 1000 < this.#clock.now();
    if ((renew || stale) && (stale || !not)) {
      this.#renewing ??= this.#renew().finally(() => {
        this.#renewing = null;
      });
      await this.#renewing;
    }
    return this.#tokens.user_token;
  }

  async #renew() {
    const { refresh_token, origin, asked } = this.#tokens;
    if (!refresh_token)
      throw new JovialError('unauthenticated', 'The user_token has expired and there is no refresh_token.');
    // Noted before it is sent: should the reply get lost, even with this process, the next request says so.
    await this.#keep({ ...this.#tokens, asked: true });
    const request = asked ? { refresh_token, retry: true } : { refresh_token };
    const reply = await this.#request('ums.user.refresh', request);
    await this.#keep({ user_token: reply.user_token, refresh_token: reply.refresh_token, origin });
  }

  /** @param {Kept} tokens */
  async #keep(tokens) {
    this.#tokens = tokens;
    await this.#store.commit([{ table: 'meta', key: KEY, value: tokens }]);
  }
}
