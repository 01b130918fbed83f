import { JovialError } from '../error.js';

/** Statuses of proxies and servers that are just not there. */
const AWAY = new Set([502, 503, 504]);
const CODES = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  410: 'gone',
  413: 'too_large',
  429: 'rate_limited',
};

/**
 * @typedef {object} Reply
 * @property {number} status
 * @property {(name: string) => string | null | undefined} header
 * @property {() => Promise<string>} text the beginning of the body
 *
 * @typedef {object} HttpRequest
 * @property {Record<string, string>} [headers]
 * @property {any} [body] a Blob; under Node also `{size, open}`
 * @property {(sent: number) => void} [onProgress]
 * @property {AbortSignal} [signal]
 *
 * @typedef {object} Transport
 * @property {(method: string, url: string, request: HttpRequest) => Promise<Reply>} request rejects with `offline`
 * @property {(method: string, url: string, request: HttpRequest) => Promise<Response>} open the body as a stream
 */

/** Requests for files as this user: with a token that is renewed when the server says so, to a server that answers. */
export class FilesHttp {
  #bases;
  #tokens;
  /** @type {Promise<Transport>} */
  #transport;
  #at = 0;

  /**
   * @param {string[]} bases addresses of servers
   * @param {{get: (why: {renew: boolean, not?: string}) => Promise<string>}} tokens
   * @param {Promise<Transport>} transport
   */
  constructor(bases, tokens, transport) {
    this.#bases = bases.map((base) => base.replace(/\/+$/, ''));
    this.#tokens = tokens;
    this.#transport = transport;
    // A request fails with it.
    transport.catch(() => {});
  }

  /**
   * Where the server says that it answers HTTP, for those who were given nothing but `tcp`.
   * @param {string | undefined} url
   */
  learn(url) {
    if (url && !this.#bases.length) this.#bases = [url.replace(/\/+$/, '')];
  }

  /** The server that answered last. */
  get base() {
    if (!this.#bases.length) {
      throw new JovialError(
        'invalid_request',
        'Files go over HTTP: give connect() http: "https://...", the address of the server.',
      );
    }
    return this.#bases[this.#at % this.#bases.length];
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {HttpRequest} request
   * @returns {Promise<Reply>} of a status below 300
   */
  async request(method, path, request) {
    const transport = await this.#transport;
    const reply = await this.#asUser(request, (ours) => transport.request(method, this.base + path, ours));
    if (reply.status < 300) return reply;
    throw problem(reply.status, await reply.text(), reply.header);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {HttpRequest} request
   * @returns {Promise<Response>} of a status below 300
   */
  async open(method, path, request) {
    const transport = await this.#transport;
    const reply = await this.#asUser(request, (ours) => transport.open(method, this.base + path, ours));
    if (reply.ok) return reply;
    throw problem(reply.status, await reply.text().catch(() => ''), (name) => reply.headers.get(name));
  }

  /**
   * @template {{status: number}} R
   * @param {HttpRequest} request
   * @param {(request: HttpRequest) => Promise<R>} send
   * @returns {Promise<R>}
   */
  async #asUser(request, send) {
    const token = await this.#token({ renew: false });
    const reply = await this.#send(request, token, send);
    if (reply.status !== 401) return reply;
    const renewed = await this.#token({ renew: true, not: token });
    return renewed === token ? reply : this.#send(request, renewed, send);
  }

  /** @param {{renew: boolean, not?: string}} why */
  async #token(why) {
    try {
      return await this.#tokens.get(why);
    } catch (failure) {
      if (failure instanceof JovialError) throw failure;
      // The app's own way to tokens, which may fail as it likes.
      throw new JovialError('try_again', `There was no token: ${/** @type {any} */ (failure)?.message ?? failure}`);
    }
  }

  /**
   * @template R
   * @param {HttpRequest} request
   * @param {string} token
   * @param {(request: HttpRequest) => Promise<R>} send
   */
  async #send(request, token, send) {
    try {
      return await send({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } });
    } catch (failure) {
      if (!request.signal?.aborted) this.#at++;
      throw failure;
    }
  }
}

/**
 * @param {number} status
 * @param {string} text RFC 9457, or what a proxy writes
 * @param {(name: string) => string | null | undefined} header
 */
function problem(status, text, header) {
  /** @type {any} */
  let json = {};
  try {
    json = JSON.parse(text) ?? {};
  } catch {
    // Not from our server, or of a HEAD.
  }
  const seconds = Number(header('Retry-After'));
  const details = { ...(seconds ? { retry_after_ms: seconds * 1000 } : {}), ...json.details };
  const code =
    json.code ??
    CODES[/** @type {401} */ (status)] ??
    (AWAY.has(status) ? 'try_again' : status >= 500 ? 'internal' : 'invalid_request');
  return new JovialError(code, json.detail ?? `The server answered ${status}.`, { status, details });
}
