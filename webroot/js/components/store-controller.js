/** Controller that renders its host again whenever one of the stores it follows says `change`. */
export class StoreController {
  #host;
  #stores = [];

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  /** Follows exactly these from now on; null ones are passed over. */
  follow(...stores) {
    const next = stores.filter(Boolean);
    if (next.length === this.#stores.length && next.every((store, i) => store === this.#stores[i])) return;
    this.hostDisconnected();
    this.#stores = next;
    this.hostConnected();
  }

  hostConnected() {
    for (const store of this.#stores) store.addEventListener('change', this.#update);
  }

  hostDisconnected() {
    for (const store of this.#stores) store.removeEventListener('change', this.#update);
  }

  #update = () => this.#host.requestUpdate();
}
