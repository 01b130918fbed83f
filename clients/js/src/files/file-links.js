import { JovialError } from '../error.js';
import { claimsOf } from '../ids.js';

/** Renewed tokens that are remembered; older ones are asked for again. */
const MAX_FRESH = 2_000;
/** A token that ends within this time, in milliseconds, is not used any more: a player asks for ranges for a while. */
const EARLY_MS = 60_000;

/** Where files are read, and the tokens for it: those in the messages, and those that took the place of expired ones. */
export class FileLinks {
  #http;
  #request;
  /** @type {Map<string, string>} by file_id */
  #fresh = new Map();

  /**
   * @param {import('./files-http.js').FilesHttp} http
   * @param {(operation: string, body: object) => Promise<any>} request
   */
  constructor(http, request) {
    this.#http = http;
    this.#request = request;
  }

  /**
   * @param {any} body of a message of type `file`
   * @param {{download?: boolean, thumbnail?: boolean}} [options]
   */
  url(body, options) {
    return this.#http.base + this.#path(body, options);
  }

  /**
   * @param {any} body
   * @param {{download?: boolean, thumbnail?: boolean}} [options]
   */
  #path(body, { download = false, thumbnail = false } = {}) {
    const query = new URLSearchParams({ token: this.#fresh.get(body.file_id) ?? body.file_token ?? '' });
    if (download) query.set('download', '1');
    return `/files/${encodeURIComponent(body.file_id)}${thumbnail ? '/thumbnail' : ''}?${query}`;
  }

  /** @param {any} body */
  isExpired(body) {
    const { exp } = claimsOf(this.#fresh.get(body.file_id) ?? body.file_token);
    return exp !== undefined && exp * 1000 < Date.now() + EARLY_MS;
  }

  /**
   * Gets a new token for the conversation that the file was sent to.
   * @param {any} body
   * @param {string} [conversationId] if not given, what the old token says
   */
  async renew(body, conversationId) {
    const { grant } = /** @type {any} */ (claimsOf(body.file_token));
    const conversation = conversationId ?? grant?.conversation_id;
    if (!conversation)
      throw new JovialError('forbidden', 'The file may no longer be read, and nobody knows whom to ask.');
    const request = { file_id: body.file_id, access: ['read'], grant: { conversation_id: conversation } };
    const { file_token } = await this.#request('fss.token.create', request);
    this.#fresh.delete(body.file_id);
    this.#fresh.set(body.file_id, file_token);
    if (this.#fresh.size > MAX_FRESH) this.#fresh.delete(this.#fresh.keys().next().value ?? '');
  }

  /**
   * Reads a file; an expired token is renewed once.
   * @param {any} body
   * @param {{thumbnail?: boolean, headers?: Record<string, string>, signal?: AbortSignal, conversationId?: string}} [options]
   * @returns {Promise<Response>}
   */
  async open(body, { thumbnail = false, headers, signal, conversationId } = {}) {
    const get = () => this.#http.open('GET', this.#path(body, { thumbnail }), { headers, signal });
    try {
      return await get();
    } catch (failure) {
      if (/** @type {any} */ (failure).status !== 403) throw failure;
      await this.renew(body, conversationId);
      return get();
    }
  }
}
