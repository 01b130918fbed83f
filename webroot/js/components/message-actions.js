import { LitElement, html, css, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';

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
    open: { type: Boolean, reflect: true },
    sure: { state: true },
  };

  static styles = [
    base,
    buttons,
    css`
      :host {
        position: relative;
        display: block;
      }

      #more {
        width: 2rem;
        min-height: 2rem;
        border-radius: 50%;
        color: var(--ink-faint);
      }

      .menu {
        position: absolute;
        inset: auto 0 calc(100% + 0.2rem) auto;
        z-index: 3;
        display: grid;
        gap: var(--gap-1);
        width: max-content;
        padding: var(--gap-2);
        border: 1px solid var(--line);
        border-radius: var(--round);
        background: var(--raised);
        box-shadow: var(--shadow);
      }

      .menu.below {
        inset: calc(100% + 0.2rem) 0 auto auto;
      }

      :host(:not([mine])) .menu {
        inset-inline: 0 auto;
      }

      .reactions {
        display: flex;
      }

      .reactions button {
        width: 2.5rem;
        min-height: 2.5rem;
        padding: 0;
        font: 1.35rem/1 var(--font-emoji), var(--font);
      }

      .reactions button[aria-checked='true'] {
        background: var(--selected);
      }

      .menu > button {
        justify-content: start;
        min-height: 2.4rem;
        padding: 0 var(--gap-3);
        border-radius: var(--round-small);
        font-weight: 500;
      }
    `,
  ];

  render() {
    return html`
      <button
        id="more"
        class="quiet icon-only"
        aria-label="What to do with this message"
        title="React, reply and more"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-haspopup="menu"
        @click=${() => this.#turn(!this.open)}
      >
        ${icons.more}
      </button>
      ${this.open ? this.#menu() : nothing}
    `;
  }

  #menu() {
    return html`<div class="menu" role="menu" @keydown=${this.#onKey} @focusout=${this.#onLeave}>
      <div class="reactions" role="group" aria-label="React">
        ${REACTIONS.map(
          (emoji) => html`<button
            class="quiet"
            role="menuitemcheckbox"
            aria-checked=${this.given?.includes(emoji) ? 'true' : 'false'}
            aria-label="React with ${emoji}"
            @click=${() => this.#do('react', emoji)}
          >
            ${emoji}
          </button>`,
        )}
      </div>
      <button class="quiet" role="menuitem" @click=${() => this.#do('reply')}>${icons.reply} Reply</button>
      ${
        this.editable
          ? html`<button class="quiet" role="menuitem" @click=${() => this.#do('edit')}>${icons.pen} Edit</button>`
          : nothing
      }
      ${
        this.mine
          ? html`<button class="quiet danger" role="menuitem" @click=${this.#redact}>
            ${icons.bin} ${this.sure ? 'Really delete for both?' : 'Delete for both'}
          </button>`
          : nothing
      }
    </div>`;
  }

  updated(changed) {
    if (!changed.has('open') || !this.open) return;
    const menu = this.renderRoot.querySelector('.menu');
    // Under the top of the scroller there would be no room for it.
    const { top } = menu.getBoundingClientRect();
    menu.classList.toggle('below', top < 80);
    this.renderRoot.querySelector('.menu button').focus();
  }

  #turn(open) {
    this.open = open;
    this.sure = false;
    this.dispatchEvent(new CustomEvent('toggle', { detail: open }));
  }

  #do(type, detail) {
    this.#turn(false);
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #redact() {
    if (this.sure) this.#do('redact');
    else this.sure = true;
  }

  #onKey(event) {
    const buttons = [...this.renderRoot.querySelectorAll('.menu button')];
    const at = buttons.indexOf(this.renderRoot.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') {
      this.#turn(false);
      this.renderRoot.querySelector('#more').focus();
    } else if (step) {
      buttons[(at + step + buttons.length) % buttons.length].focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #onLeave({ relatedTarget }) {
    if (!relatedTarget || !this.renderRoot.contains(relatedTarget)) this.#turn(false);
  }
}
customElements.define('message-actions', MessageActions);
