import { html, LitElement, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { copyText } from './copy-button.js';
import { messageActions } from './message-actions-styles.js';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';
import './modal-dialog.js';

/** Less room above the menu, in pixels, and it opens below. */
const ROOM_ABOVE = 80;
const REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🎉'];

/**
 * What one can do with a message, behind one button. Events: `react` (detail: the emoji), `reply`, `edit`, `redact`,
 * `toggle` (detail: whether it is open).
 */
export class MessageActions extends LitElement {
  static properties = {
    mine: { type: Boolean },
    editable: { type: Boolean },
    given: { attribute: false },
    /** What can be copied. */
    text: { attribute: false },
    open: { type: Boolean, reflect: true },
    sure: { state: true },
  };

  static styles = [base, buttons, messageActions];

  #dialog = createRef();
  #more = createRef();
  #menu = createRef();

  render() {
    return html`
      <button
        ${ref(this.#more)}
        id="more"
        class="quiet icon-only"
        aria-label="What to do with this message"
        title="React, reply and more"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-haspopup="menu"
        @click=${() => (this.open ? this.#turn(false) : this.show())}
      >
        ${icons.more}
      </button>
      ${this.open ? this.#opened() : nothing}
    `;
  }

  #opened() {
    if (!this.sheet) return this.#content('menu');
    return html`<modal-dialog ${ref(this.#dialog)} label="What to do with this message" @close=${() => this.#turn(false)}>
      ${this.#content('menu sheet')}
    </modal-dialog>`;
  }

  #content(classes) {
    return html`<div
      ${ref(this.#menu)}
      class=${classes}
      role="menu"
      aria-label="What to do with this message"
      @keydown=${this.#onKey}
      @focusout=${this.#onLeave}
    >
      <div class="reactions" role="group" aria-label="React">${REACTIONS.map((emoji) => this.#reaction(emoji))}</div>
      ${this.#item('reply', 'Reply', () => this.#do('reply'))}
      ${this.text ? this.#item('copy', 'Copy text', this.#copy) : nothing}
      ${this.editable ? this.#item('pen', 'Edit', () => this.#do('edit')) : nothing}
      ${this.mine ? this.#item('bin', this.sure ? 'Really delete for both?' : 'Delete for both', this.#redact, 'danger') : nothing}
    </div>`;
  }

  #reaction(emoji) {
    return html`<button
      class="quiet"
      role="menuitemcheckbox"
      aria-checked=${this.given?.includes(emoji) ? 'true' : 'false'}
      aria-label="React with ${emoji}"
      @click=${() => this.#do('react', emoji)}
    >
      ${emoji}
    </button>`;
  }

  #item(icon, label, onClick, look = '') {
    return html`<button class="quiet ${look}" role="menuitem" @click=${onClick}>${icons[icon]} ${label}</button>`;
  }

  async updated(changed) {
    if (!changed.has('open') || !this.open) return;
    if (this.sheet) await this.#dialog.value.show();
    const menu = this.#menu.value;
    // Under the top of the scroller there would be no room for it.
    if (!this.sheet) menu.classList.toggle('below', menu.getBoundingClientRect().top < ROOM_ABOVE);
    this.#buttons()[0].focus();
  }

  /** Opens the menu: beside its button, or from below where there is little room or a finger. */
  show() {
    this.sheet = matchMedia('(pointer: coarse), (max-width: 46rem)').matches;
    this.#turn(true);
  }

  #buttons() {
    return [...this.#menu.value.querySelectorAll('button')];
  }

  #turn(open) {
    if (open === this.open) return;
    if (!open && this.sheet) this.#dialog.value?.close();
    this.open = open;
    this.sure = false;
    this.dispatchEvent(new CustomEvent('toggle', { detail: open }));
  }

  #do(type, detail) {
    this.#turn(false);
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #copy = async () => {
    this.#turn(false);
    await copyText(this.text);
  };

  #redact = () => {
    if (this.sure) this.#do('redact');
    else this.sure = true;
  };

  #onKey(event) {
    const buttons = this.#buttons();
    const at = buttons.indexOf(this.renderRoot.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') {
      this.#turn(false);
      this.#more.value.focus();
    } else if (step) {
      buttons[(at + step + buttons.length) % buttons.length].focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #onLeave({ relatedTarget }) {
    if (this.sheet) return;
    if (!relatedTarget || !this.renderRoot.contains(relatedTarget)) this.#turn(false);
  }
}
customElements.define('message-actions', MessageActions);
