import { ClientCore } from '../delivery/client-core.js';

/** Where there are no other tabs to share with: an engine of our own. */
export class OwnCore {
  #emitter;
  /** @type {ClientCore | null} */
  #engine = null;

  /** @param {import('../emitter.js').Emitter<import('../types.js').Events>} emitter */
  constructor(emitter) {
    this.#emitter = emitter;
  }

  /**
   * @param {any} options
   * @param {string} me
   * @param {import('../store/store.js').Store} store
   */
  async open(options, me, store) {
    this.#engine = await ClientCore.open(options, me, store, (event, detail) => this.#emitter.emit(event, detail));
    this.#engine.start();
  }

  /**
   * @param {string} method of the engine
   * @param {...any} args
   */
  async call(method, ...args) {
    return /** @type {any} */ (this.#engine)[method](...args);
  }

  /** @param {import('../triggers/triggers.js').Trigger} trigger */
  addTrigger(trigger) {
    return /** @type {ClientCore} */ (this.#engine).triggers.add(trigger);
  }

  /** @param {string} name */
  removeTrigger(name) {
    return this.call('removeTrigger', name);
  }

  /** @param {any} options */
  async close(options) {
    await this.#engine?.close(options);
    this.#engine = null;
  }
}
