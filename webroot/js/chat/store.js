/** Base of what components follow. Event: `change`, once for many changes of one turn of the event loop. */
export class Store extends EventTarget {
  #pending = false;

  changed() {
    if (this.#pending) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      this.dispatchEvent(new Event('change'));
    });
  }
}
