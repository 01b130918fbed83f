/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} KeyValues */

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
      return JSON.parse(this.storage.getItem(`jovial.${key}`) ?? 'null') ?? fallback;
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
      this.storage.setItem(`jovial.${key}`, JSON.stringify(value));
    } catch {
      // The quota is used up: what is kept here makes the next visit easier and is never the only copy.
    }
  }

  /** @param {string} key */
  remove(key) {
    this.storage.removeItem(`jovial.${key}`);
  }
}

/** Shared by all tabs, kept when the browser closes. */
export const shared = new JsonStorage('localStorage');

/** This tab's own. */
export const tab = new JsonStorage('sessionStorage');
