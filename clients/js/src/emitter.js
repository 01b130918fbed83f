/**
 * Registry of listeners. A listener that fails is reported and harms no other.
 * @template {object} E what listeners get, by event
 */
export class Emitter {
  /** @type {Map<keyof E, Set<(detail: any) => void>>} */
  #listeners = new Map();

  /**
   * @template {keyof E} K
   * @param {K} event
   * @param {(detail: E[K]) => void} listener
   * @returns {() => void} ends it
   */
  on(event, listener) {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  /**
   * @template {keyof E} K
   * @param {K} event
   * @param {E[K]} detail
   */
  emit(event, detail) {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        listener(detail);
      } catch (failure) {
        console.error(`A listener of '${String(event)}' failed:`, failure);
      }
    }
  }
}
