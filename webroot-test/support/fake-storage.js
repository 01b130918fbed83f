/** Double of the browser's shared storage: JSON values in memory. */
export class FakeStorage {
  #values = new Map();

  get(key, fallback = null) {
    return JSON.parse(this.#values.get(key) ?? 'null') ?? fallback;
  }

  set(key, value) {
    this.#values.set(key, JSON.stringify(value));
  }

  remove(key) {
    this.#values.delete(key);
  }

  keys(prefix) {
    return [...this.#values.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }

  watch() {
    return () => {};
  }
}
