import { css, html, LitElement, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { base } from './styles.js';

/**
 * Modal dialog around its content, which is there only while it is open. Closed by Escape and by a click beside it. Its user
 * gives it its shape by `::part(dialog)`. Event: `close`.
 */
export class ModalDialog extends LitElement {
  static properties = { label: {}, open: { type: Boolean, reflect: true } };

  static styles = [
    base,
    css`
      dialog {
        padding: 0;
        border: 0;
        background: var(--surface);
        color: var(--ink);
      }

      dialog::backdrop {
        background: var(--veil);
      }
    `,
  ];

  #dialog = createRef();

  render() {
    return html`<dialog
      ${ref(this.#dialog)}
      part="dialog"
      aria-label=${this.label}
      @close=${this.#onClose}
      @click=${(event) => event.target === this.#dialog.value && this.close()}
    >
      ${this.open ? html`<slot></slot>` : nothing}
    </dialog>`;
  }

  async show() {
    this.open = true;
    await this.updateComplete;
    this.#dialog.value.showModal();
    this.querySelector('[autofocus]')?.focus();
  }

  close() {
    this.#dialog.value.close();
  }

  #onClose() {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  }
}
customElements.define('modal-dialog', ModalDialog);
