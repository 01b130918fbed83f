/**
 * The cookie with which a browser's `<img>` and `<video>` may read files. It ends with the user_token, so it is set again with
 * each; one for all tabs.
 */
export class FileAccess {
  #http;
  #wanted = false;
  /** Of the token that the cookie was made with; null: there is none. @type {Promise<void> | null} */
  #given = null;

  /**
   * @param {import('./files-http.js').FilesHttp} http
   * @param {import('../connection/server-connection.js').ServerConnection} server
   */
  constructor(http, server) {
    this.#http = http;
    server.on('token', () => {
      this.#given = null;
      // Asked for again when something cannot be shown.
      if (this.#wanted) this.open().catch(() => {});
    });
  }

  /** @param {{again?: boolean}} [options] again: also when there should be one, as another account may have replaced it */
  open({ again = false } = {}) {
    this.#wanted = true;
    if (!this.#given || again) {
      const given = this.#http.request('POST', '/files/cookie', {}).then(() => {});
      this.#given = given;
      given.catch(() => {
        if (this.#given === given) this.#given = null;
      });
    }
    return this.#given;
  }

  async close() {
    if (!this.#wanted) return;
    this.#wanted = false;
    this.#given = null;
    await this.#http.request('DELETE', '/files/cookie', {});
  }
}
