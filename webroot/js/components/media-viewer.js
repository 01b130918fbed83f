import { html, LitElement, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { base, buttons } from './styles.js';
import { mediaViewer } from './media-viewer-styles.js';
import { icons } from './icons.js';
import { kindOf } from '../text/body-text.js';
import { shownFileName } from '../text/shown.js';
import { exactTime } from '../text/times.js';
import './modal-dialog.js';

/** Viewer of the pictures of a conversation, one at a time, as large as the window. Arrow keys go on, Escape closes. */
export class MediaViewer extends LitElement {
  static properties = {
    files: { attribute: false },
    conversation: { attribute: false },
    chosen: { state: true },
    broken: { state: true },
  };

  static styles = [base, buttons, mediaViewer];

  #dialog = createRef();
  /** The picture on show was asked for with a new token already. */
  #renewed = false;

  /** The pictures that are on the device, oldest first. */
  get #all() {
    return this.conversation.window.messages.filter(
      ({ body, removed }) => body?.type === 'file' && !removed && kindOf(body) === 'image',
    );
  }

  async show(message) {
    this.#choose(message);
    await this.updateComplete;
    await this.#dialog.value.show();
  }

  #choose(message) {
    this.chosen = message;
    this.broken = false;
    this.#renewed = false;
  }

  render() {
    return html`<modal-dialog
      ${ref(this.#dialog)}
      label="Pictures"
      @keydown=${this.#onKey}
      @close=${() => this.#choose(null)}
    >
      ${this.chosen ? this.#content(this.chosen) : nothing}
    </modal-dialog>`;
  }

  #content(message) {
    const { body } = message;
    const name = shownFileName(body.name);
    const all = this.#all;
    const at = all.findIndex(({ client_id: id }) => id === message.client_id);
    const count = all.length > 1 ? `${at + 1} of ${all.length} · ` : '';
    return html`<div class="content">
      <header>
        <div class="what">
          <h2>${name}</h2>
          <p role="status">${count}${exactTime(message.stored_at ?? message.sent_at)}</p>
        </div>
        ${body.file_id ? this.#button('save', `Save ${name}`, () => this.files.save(message)) : nothing}
        <button class="quiet icon-only" aria-label="Close" title="Close (Escape)" autofocus @click=${this.#close}>
          ${icons.close}
        </button>
      </header>
      <figure @click=${(event) => event.target === event.currentTarget && this.#close()}>
        ${
          this.broken
            ? html`<p role="alert">This picture cannot be shown now.</p>`
            : html`<img src=${this.#source(message)} alt=${body.text || name} @error=${this.#renew} />`
        }
        ${at > 0 ? this.#button('back', 'The picture before', () => this.#step(-1), 'step') : nothing}
        ${at >= 0 && at < all.length - 1 ? this.#button('next', 'The next picture', () => this.#step(1), 'step next') : nothing}
      </figure>
    </div>`;
  }

  #button(icon, label, onClick, place = '') {
    return html`<button class="quiet icon-only ${place}" aria-label=${label} title=${label} @click=${onClick}>
      ${icons[icon]}
    </button>`;
  }

  #source(message) {
    return this.files.preview(message) ?? this.files.url(message.body);
  }

  #step(by) {
    const all = this.#all;
    const next = all[all.findIndex(({ client_id: id }) => id === this.chosen.client_id) + by];
    if (next) this.#choose(next);
  }

  /** Asks once more with a new token; then it is broken. */
  async #renew() {
    const { chosen } = this;
    if (this.#renewed) {
      this.broken = true;
      return;
    }
    this.#renewed = true;
    await this.files.renew(chosen).catch(() => {
      if (this.chosen === chosen) this.broken = true;
    });
    this.requestUpdate();
  }

  #onKey(event) {
    if (event.key === 'ArrowLeft') this.#step(-1);
    if (event.key === 'ArrowRight') this.#step(1);
    // Escape closes this, and nothing behind it.
    event.stopPropagation();
  }

  #close = () => this.#dialog.value.close();
}
customElements.define('media-viewer', MediaViewer);
