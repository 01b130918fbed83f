import { Client } from './client.js';
import { Emitter } from './emitter.js';
import { JovialError } from './error.js';
import { claimsOf } from './ids.js';
import { MemoryStore } from './store/memory-store.js';
import { OwnCore } from './tabs/own-core.js';
import { canShare, SharedCore } from './tabs/shared-core.js';

/**
 * @typedef {import('./types.js').Message} Message
 * @typedef {import('./types.js').Entry} Entry
 * @typedef {import('./types.js').Conversation} Conversation
 * @typedef {import('./types.js').Body} Body
 * @typedef {import('./types.js').AnyBody} AnyBody
 * @typedef {import('./types.js').Events} Events
 * @typedef {import('./types.js').ConnectionState} ConnectionState
 * @typedef {import('./types.js').ConnectionStatus} ConnectionStatus
 * @typedef {import('./types.js').MessageState} MessageState
 * @typedef {import('./types.js').ErrorCode} ErrorCode
 * @typedef {import('./types.js').Failure} Failure
 * @typedef {import('./types.js').SendOptions} SendOptions
 * @typedef {import('./types.js').FileOptions} FileOptions
 * @typedef {import('./types.js').Stored} Stored
 * @typedef {import('./types.js').Tokens} Tokens
 * @typedef {import('./types.js').User} User
 * @typedef {import('./types.js').Presence} Presence
 * @typedef {import('./types.js').Trigger} Trigger
 * @typedef {import('./types.js').TriggerContext} TriggerContext
 * @typedef {import('./types.js').Store} Store
 * @typedef {import('./types.js').TokenProvider} TokenProvider
 */

export { Accounts, tokensFrom } from './accounts.js';
export { Client } from './client.js';
export { JovialError } from './error.js';
export { directConversation, peerOf } from './ids.js';
export { Outgoing } from './outgoing.js';
export { MemoryStore } from './store/memory-store.js';

/**
 * @typedef {object} ConnectOptions
 * @property {string | string[]} [url] the server, as `https://chat.example.com`; with several, one after the other is tried
 * @property {string | string[]} [tcp] under Node: `host:port` of the TCP bridge instead
 * @property {string | string[]} [http] the server's address for files, as `https://chat.example.com`; needed where only `tcp` is given
 * @property {boolean | object} [tls] under Node: TLS for the TCP bridge, or options of `tls.connect`
 * @property {string} [user_token] from a login
 * @property {string} [refresh_token] from the same login; the kit renews the tokens with it
 * @property {import('./connection/tokens.js').TokenProvider} [token] instead: gives tokens when they are needed
 * @property {string} [user_id] who this is; needed only where no token tells while offline
 * @property {string} [device_id] the device that the token was made for
 * @property {string | import('./store/store.js').Store} [store] under Node: a folder; in browsers IndexedDB if not given
 * @property {boolean} [tabs] false: share nothing with other tabs
 * @property {any} [WebSocket] a constructor, where there is none in the language
 * @property {any} [SockJS] the constructor of `sockjs-client`, for networks without WebSocket
 */

/**
 * Opens the device's store and connects. Resolves when the store is open: what is in it can be shown and written to at
 * once, connected or not.
 * @param {ConnectOptions} options
 * @returns {Promise<Client>}
 */
export async function connect(options) {
  const me = await userOf(options);
  /** @type {Emitter<import('./types.js').Events>} */
  const emitter = new Emitter();
  const shared = options.store === undefined && options.tabs !== false && canShare();
  const store = await storeOf(options, me, shared);
  const backend = shared ? new SharedCore(emitter) : new OwnCore(emitter);
  const client = new Client(emitter, backend, me, store.durable, options);
  await backend.open(options, me, store);
  return client;
}

/** @param {ConnectOptions} options */
async function userOf({ user_id, user_token, token }) {
  const known = user_id ?? claimsOf(user_token).sub;
  if (known) return known;
  if (!token)
    throw new JovialError('invalid_request', 'Give connect() a user_token, or token: a function that gives one.');
  const given = await token({ renew: false });
  const { sub } = claimsOf(typeof given === 'string' ? given : given.user_token);
  if (!sub) throw new JovialError('unauthenticated', 'The token does not say whose it is.');
  return sub;
}

/**
 * @param {ConnectOptions} options
 * @param {string} me
 * @param {boolean} shared
 * @returns {Promise<import('./store/store.js').Store>}
 */
async function storeOf({ store }, me, shared) {
  if (typeof store === 'string') {
    const { JournalStore } = await import('./store/journal-store.js');
    return new JournalStore(store);
  }
  if (store) return store;
  // Two tabs that cannot agree on one must not write into one database.
  if (!shared) return new MemoryStore();
  const { IndexedDbStore } = await import('./store/indexed-db-store.js');
  return new IndexedDbStore(`jovial.${me}`);
}
