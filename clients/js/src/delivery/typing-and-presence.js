/** A person who types says so again within this time, in milliseconds, or has stopped. */
const TYPING_LAPSES_MS = 6_000;
/** How often the server is told that the person goes on typing, in milliseconds. */
const TYPING_AGAIN_MS = 3_000;
/** Users whose presence the server tells a connection at most. */
const MAX_WATCHED = 200;

/** Typing and presence: told and forgotten. */
export class TypingAndPresence {
  #server;
  #emit;
  /** @type {Map<string, any>} timers by conversation and user */
  #typing = new Map();
  /** @type {Map<string, number>} when we told of it, by conversation */
  #sentAt = new Map();
  /** @type {Map<string, string[]>} by who asked */
  #watched = new Map();

  /**
   * @param {import('../connection/server-connection.js').ServerConnection} server
   * @param {import('../types.js').Emit} emit
   */
  constructor(server, emit) {
    this.#server = server;
    this.#emit = emit;
    server.on('open', () => this.#watched.size && this.#watch().catch(() => {}));
    // Those who were typing may have stopped while we could not hear it.
    server.on('state', ({ state }) => {
      if (state !== 'online') for (const key of [...this.#typing.keys()]) this.#stopped(key);
    });
  }

  /** @param {any} event */
  handleTyping({ conversation_id, user_id, typing }) {
    const key = `${conversation_id} ${user_id}`;
    if (!typing) {
      this.#stopped(key);
      return;
    }
    const again = this.#typing.has(key);
    clearTimeout(this.#typing.get(key));
    this.#typing.set(
      key,
      setTimeout(() => this.#stopped(key), TYPING_LAPSES_MS),
    );
    if (!again) this.#emit('typing', { conversation_id, user_id, typing: true });
  }

  /**
   * A message of theirs has come: that is what they were typing.
   * @param {any} entry
   */
  handleMessage({ conversation_id, sender_id }) {
    this.#stopped(`${conversation_id} ${sender_id}`);
  }

  /** @param {string} key */
  #stopped(key) {
    if (!this.#typing.has(key)) return;
    clearTimeout(this.#typing.get(key));
    this.#typing.delete(key);
    const [conversation_id, user_id] = key.split(' ');
    this.#emit('typing', { conversation_id, user_id, typing: false });
  }

  /**
   * @param {string} conversationId
   * @param {boolean} typing
   */
  async sendTyping(conversationId, typing) {
    const before = this.#sentAt.get(conversationId) ?? 0;
    if (typing ? Date.now() - before < TYPING_AGAIN_MS : !before) return;
    if (typing) this.#sentAt.set(conversationId, Date.now());
    else this.#sentAt.delete(conversationId);
    if (!this.#server.online) return;
    await this.#server.request('mds.typing', { conversation_id: conversationId, typing });
  }

  /**
   * @param {string} asker a tab; each has its own list
   * @param {string[]} userIds
   */
  async watch(asker, userIds) {
    if (userIds.length) this.#watched.set(asker, userIds);
    else this.#watched.delete(asker);
    return this.#server.online ? this.#watch() : [];
  }

  async #watch() {
    const userIds = [...new Set([...this.#watched.values()].flat())].slice(0, MAX_WATCHED);
    const { users = [] } = await this.#server.request('presence.watch', { user_ids: userIds });
    for (const user of users) this.#emit('presence', user);
    return users;
  }

  close() {
    for (const timer of this.#typing.values()) clearTimeout(timer);
  }
}
