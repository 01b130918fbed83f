import { LitElement, html, css, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';
import { kindOf } from '../text/body-text.js';
import { exactTime } from '../text/times.js';

/** The pictures of a conversation, one at a time, as large as the window. Arrow keys go on, Escape closes. */
export class MediaViewer extends LitElement {
  static properties = {
    files: { attribute: false },
    conversation: { attribute: false },
    chosen: { state: true },
    broken: { state: true },
  };

  static styles = [
    base,
    buttons,
    css`
      dialog {
        width: 100vw;
        max-width: none;
        height: 100dvh;
        max-height: none;
        padding: 0;
        border: 0;
        background: rgb(8 10 16 / 0.97);
        color: #f4f2ec;
      }

      dialog[open] {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
      }

      header {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        padding: max(var(--gap-2), env(safe-area-inset-top)) var(--gap-2) var(--gap-2) var(--gap-4);
      }

      div {
        flex: 1;
        min-width: 0;
      }

      h2,
      p {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      h2 {
        font-size: 1rem;
        font-weight: 600;
      }

      p {
        color: #b9bdc9;
        font-size: var(--text-small);
      }

      button.quiet {
        color: #f4f2ec;
      }

      button.quiet:hover {
        background: rgb(255 255 255 / 0.14);
        color: #fff;
      }

      :focus-visible {
        outline-color: #9dbbff;
      }

      figure {
        position: relative;
        display: grid;
        place-items: center;
        min-height: 0;
        margin: 0;
        padding: 0 var(--gap-2) max(var(--gap-3), env(safe-area-inset-bottom));
      }

      img {
        max-width: 100%;
        max-height: 100%;
        min-height: 0;
        object-fit: contain;
      }

      .step {
        position: absolute;
        inset: 0 auto 0 var(--gap-2);
        margin: auto 0;
        background: rgb(8 10 16 / 0.55);
      }

      #next {
        inset: 0 var(--gap-2) 0 auto;
      }
    `,
  ];

  /** The pictures that are on the device, oldest first. */
  get #all() {
    return this.conversation.messages.filter(({ body, removed }) => body?.type === 'file' && !removed && kindOf(body) === 'image');
  }

  async show(message) {
    this.chosen = message;
    this.broken = false;
    await this.updateComplete;
    this.#dialog.showModal();
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  render() {
    const { chosen } = this;
    const all = this.#all;
    const at = chosen ? all.findIndex(({ client_id: id }) => id === chosen.client_id) : -1;
    const { body } = chosen ?? {};
    return html`<dialog aria-label="Pictures" @keydown=${this.#onKey} @close=${() => (this.chosen = null)} @click=${this.#onClick}>
      ${body
        ? html`<header>
              <div>
                <h2>${body.name}</h2>
                <p role="status">${all.length > 1 ? `${at + 1} of ${all.length} · ` : ''}${exactTime(chosen.stored_at ?? chosen.sent_at)}</p>
              </div>
              ${body.file_id
                ? html`<button class="quiet icon-only" aria-label="Save ${body.name}" title="Save" @click=${() => this.files.save(chosen)}>
                    ${icons.save}
                  </button>`
                : nothing}
              <button class="quiet icon-only" aria-label="Close" title="Close (Escape)" autofocus @click=${() => this.#dialog.close()}>
                ${icons.close}
              </button>
            </header>
            <figure>
              ${this.broken
                ? html`<p role="alert">This picture cannot be shown now.</p>`
                : html`<img src=${this.#source(chosen)} alt=${body.text || body.name || 'A picture'} @error=${this.#failed} />`}
              ${at > 0
                ? html`<button class="quiet icon-only step" aria-label="The picture before" @click=${() => this.#step(-1)}>
                    ${icons.back}
                  </button>`
                : nothing}
              ${at >= 0 && at < all.length - 1
                ? html`<button id="next" class="quiet icon-only step" aria-label="The next picture" @click=${() => this.#step(1)}>
                    ${icons.next}
                  </button>`
                : nothing}
            </figure>`
        : nothing}
    </dialog>`;
  }

  #source(message) {
    return this.files.preview(message) ?? this.files.url(message.body);
  }

  #step(by) {
    const all = this.#all;
    const next = all[all.findIndex(({ client_id: id }) => id === this.chosen.client_id) + by];
    if (!next) return;
    this.chosen = next;
    this.broken = false;
    this.tried = false;
  }

  async #failed() {
    if (this.tried) {
      this.broken = true;
      return;
    }
    this.tried = true;
    await this.files.renew(this.chosen).catch(() => (this.broken = true));
    this.requestUpdate();
  }

  #onKey(event) {
    if (event.key === 'ArrowLeft') this.#step(-1);
    if (event.key === 'ArrowRight') this.#step(1);
    // Escape closes this, and nothing behind it.
    event.stopPropagation();
  }

  #onClick(event) {
    if (event.target.localName === 'figure') this.#dialog.close();
  }
}
customElements.define('media-viewer', MediaViewer);
