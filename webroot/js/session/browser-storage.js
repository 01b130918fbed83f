/** Where storage is refused (some private windows), things are kept for the life of the page only. */
const memory = new Map();

function backing(kind) {
  try {
    const storage = window[kind];
    storage.setItem('jovial.probe', '1');
    storage.removeItem('jovial.probe');
    return storage;
  } catch {
    return {
      getItem: (key) => memory.get(kind + key) ?? null,
      setItem: (key, value) => memory.set(kind + key, value),
      removeItem: (key) => memory.delete(kind + key),
    };
  }
}

/** JSON values under `jovial.` keys of one of the browser's two storages. */
class JsonStorage {
  constructor(kind) {
    this.storage = backing(kind);
  }

  get(key, fallback = null) {
    try {
      return JSON.parse(this.storage.getItem(`jovial.${key}`)) ?? fallback;
    } catch {
      return fallback;
    }
  }

  set(key, value) {
    try {
      this.storage.setItem(`jovial.${key}`, JSON.stringify(value));
    } catch {
      // The quota is used up: what is kept here makes the next visit easier and is never the only copy.
    }
  }

  remove(key) {
    this.storage.removeItem(`jovial.${key}`);
  }
}

/** Shared by all tabs, kept when the browser closes. */
export const shared = new JsonStorage('localStorage');

/** This tab's own. */
export const tab = new JsonStorage('sessionStorage');
