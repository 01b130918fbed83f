import { explain, fieldOf } from '../text/explain.js';

/** State of a form: its request, and its error beside the field that it is about. */
export class FormState {
  #host;
  #fields;

  busy = false;
  /** Error texts by field name; `form` for those about no field. */
  errors = {};

  constructor(host, fields) {
    this.#host = host;
    this.#fields = fields;
  }

  reset() {
    this.errors = {};
    this.#host.requestUpdate();
  }

  /** Sets an error by hand. */
  refuse(field, text) {
    this.errors = { [field]: text };
    this.#host.requestUpdate();
    this.#focusError();
  }

  /** Handles a form's submit event: resolves with the task's result, or undefined when it failed. */
  async submit(event, task, wordError = explain) {
    event.preventDefault();
    if (this.busy) return undefined;
    const values = Object.fromEntries(new FormData(event.target));
    this.busy = true;
    this.errors = {};
    this.#host.requestUpdate();
    try {
      return await task(values);
    } catch (error) {
      this.errors = { [fieldOf(error, this.#fields) || 'form']: wordError(error) };
      this.#focusError();
      return undefined;
    } finally {
      this.busy = false;
      this.#host.requestUpdate();
    }
  }

  async #focusError() {
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector('[aria-invalid="true"]')?.focus();
  }
}
