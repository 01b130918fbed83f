/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & {[key: string]: any}} KeyValues */

const PREFIX = 'jovial.';

/** Where storage is refused (some private windows), things are kept for the life of the page only. */
/** @type {Map<string, string>} */
const memory = new Map();

/**
 * @param {'localStorage' | 'sessionStorage'} kind
 * @returns {KeyValues}
 */
function backing(kind) {
  try {
    const storage = window[kind];
    storage.setItem('jovial.probe', '1');
    storage.removeItem('jovial.probe');
    return storage;
  } catch {
    return {
      getItem: (key) => memory.get(kind + key) ?? null,
      setItem: (key, value) => void memory.set(kind + key, value),
      removeItem: (key) => void memory.delete(kind + key),
    };
  }
}

/** JSON values under `jovial.` keys of one of the browser's two storages. */
class JsonStorage {
  /** @param {'localStorage' | 'sessionStorage'} kind */
  constructor(kind) {
    this.storage = backing(kind);
  }

  /**
   * @param {string} key
   * @param {any} [fallback]
   * @returns {any}
   */
  get(key, fallback = null) {
    try {
      return JSON.parse(this.storage.getItem(PREFIX + key) ?? 'null') ?? fallback;
    } catch {
      return fallback;
    }
  }

  /**
   * @param {string} key
   * @param {any} value
   */
  set(key, value) {
    try {
      this.storage.setItem(PREFIX + key, JSON.stringify(value));
    } catch {
      // The quota is used up: what is kept here makes the next visit easier and is never the only copy.
    }
  }

  /** @param {string} key */
  remove(key) {
    this.storage.removeItem(PREFIX + key);
  }

  /**
   * What the keys that begin with a prefix go on with.
   * @param {string} prefix
   */
  keys(prefix) {
    const begin = PREFIX + prefix;
    return Object.keys(this.storage)
      .filter((key) => key.startsWith(begin))
      .map((key) => key.slice(begin.length));
  }

  /**
   * Calls back when another tab has changed a key that begins with a prefix, with what the key goes on with.
   * @param {string} prefix
   * @param {(rest: string) => void} callback
   * @returns {() => void} ends it
   */
  watch(prefix, callback) {
    const begin = PREFIX + prefix;
    const listener = (/** @type {StorageEvent} */ { key }) =>
      key?.startsWith(begin) && callback(key.slice(begin.length));
    globalThis.addEventListener?.('storage', listener);
    return () => globalThis.removeEventListener?.('storage', listener);
  }
}

/** Shared by all tabs, kept when the browser closes. */
export const shared = new JsonStorage('localStorage');

/** This tab's own. */
export const tab = new JsonStorage('sessionStorage');
