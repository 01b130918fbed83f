import { JovialError } from './error.js';
import { KnownDevices } from './known-devices.js';

/** What a page cannot see of a refusal by the browser, said where it is most likely. */
const UNREACHABLE =
  'The server cannot be reached. In a page of another origin than the server: the operator must list it in edge.allowed_origins.';

/**
 * Registration and login of users with a name and a password. Users of your own server log in there: see `tokensFrom`.
 */
export class Accounts {
  #url;
  #appKey;
  #devices;

  /**
   * @param {object} options
   * @param {string} options.url the server's address
   * @param {string} options.app_key the key of the app from `ums.app.register`
   * @param {import('./known-devices.js').DeviceStorage | string} [options.devices] remembers who logged in here, so that
   *   they get in while others guess their password: `localStorage` in a page, the name of a file under Node
   */
  constructor({ url, app_key, devices }) {
    this.#url = url.replace(/\/+$/, '');
    this.#appKey = app_key;
    this.#devices = devices === undefined ? null : new KnownDevices(devices);
  }

  /**
   * Registers a user; fails with `conflict` if the name is in use.
   * @param {{username: string, password: string, profile?: Record<string, unknown>}} user
   * @returns {Promise<{user_id: string}>}
   */
  register(user) {
    return post(`${this.#url}/api/ums.user.register`, { app_key: this.#appKey, ...user });
  }

  /**
   * Logs in on this device; fails with `unauthenticated` if name or password are wrong. `connect` takes the tokens.
   * @param {{username: string, password: string, device_id?: string, device_secret?: string, user_agent?: string}} user
   *   `device_id`, `device_secret`: this device's from the latest login, to go on with its session; not needed with `devices`
   * @returns {Promise<import('./types.js').Tokens>}
   */
  async login(user) {
    const known = user.device_secret ? {} : await this.#devices?.find(this.#appKey, user.username, user.device_id);
    const reply = await post(`${this.#url}/api/ums.user.login`, { app_key: this.#appKey, ...user, ...known });
    await this.#devices?.keep(this.#appKey, user.username, reply);
    return reply;
  }
}

/**
 * Login by your own server, for `connect({ token })`: asks it for tokens whenever they are needed. It knows who the user is
 * (by its cookie, say), calls `ums.user.token` with the app's secret, and answers with that reply.
 * @param {string} url of your server
 * @param {RequestInit} [init] of `fetch`: headers, credentials; POST if nothing else is said
 * @returns {import('./connection/tokens.js').TokenProvider}
 */
export function tokensFrom(url, init = {}) {
  return () => request(url, { method: 'POST', ...init });
}

/**
 * @param {string} url
 * @param {object} body
 */
const post = (url, body) =>
  request(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

/**
 * @param {string} url
 * @param {RequestInit} init
 * @returns {Promise<any>}
 */
async function request(url, init) {
  let response;
  try {
    response = await fetch(url, init);
  } catch (cause) {
    throw new JovialError('offline', UNREACHABLE, { cause });
  }
  const reply = await response.json().catch(() => ({}));
  if (response.ok) return reply;
  const code =
    reply.code ??
    (response.status === 401 ? 'unauthenticated' : response.status >= 500 ? 'try_again' : 'invalid_request');
  throw new JovialError(code, reply.detail ?? `The server answered ${response.status}.`, {
    status: response.status,
    details: reply.details,
  });
}
