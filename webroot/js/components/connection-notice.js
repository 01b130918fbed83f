import { LitElement, html, css, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';

/** Shorter interruptions are not worth a word. */
const PATIENCE_MS = 1_200;

/** Notice that there is no connection, and what happens meanwhile. */
export class ConnectionNotice extends LitElement {
  static properties = {
    session: { attribute: false },
    /** What being offline means here. */
    hint: {},
    shown: { state: true },
  };

  static styles = [
    base,
    buttons,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2) var(--gap-3);
        margin: 0 0 var(--gap-3);
        padding: var(--gap-2) var(--gap-4);
        border-radius: var(--round);
        background: var(--notice-ground);
        color: var(--on-notice);
        font-size: var(--text-small);
        animation: arrive var(--calm) var(--ease);
      }

      span {
        flex: 1 1 12rem;
      }

      button.small {
        border-color: currentColor;
        background: transparent;
        color: inherit;
      }

      @keyframes arrive {
        from {
          opacity: 0;
          transform: translateY(-0.4rem);
        }
      }
    `,
  ];

  connectedCallback() {
    super.connectedCallback();
    this.session.addEventListener('change', this.#onChange);
    this.#onChange();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.session.removeEventListener('change', this.#onChange);
    clearTimeout(this.timer);
    this.timer = null;
  }

  render() {
    return html`<div role="status">${this.shown ? this.#notice() : nothing}</div>`;
  }

  #notice() {
    if (this.session.connection === 'ended') {
      return html`<p>
        ${icons.offline}<span>This session was opened in another place.</span>
        <button class="small" @click=${() => this.session.reconnect()}>Use it here</button>
      </p>`;
    }
    const connecting = this.session.connection === 'connecting';
    const offline = navigator.onLine === false;
    return html`<p>
      ${icons.offline}
      <span><strong>${offline ? 'You are offline.' : 'No connection to the server.'}</strong> ${this.hint}</span>
      <button class="small" ?disabled=${connecting} @click=${() => this.session.reconnect()}>
        ${connecting ? 'Connecting …' : 'Try now'}
      </button>
    </p>`;
  }

  #onChange = () => {
    if (this.session.connection === 'online') {
      clearTimeout(this.timer);
      this.timer = null;
      this.shown = false;
    } else if (navigator.onLine === false) {
      // The browser knows, and it will not pass in a moment.
      this.shown = true;
    } else if (!this.shown) {
      this.timer ??= setTimeout(() => (this.shown = true), PATIENCE_MS);
    }
    this.requestUpdate();
  };
}
customElements.define('connection-notice', ConnectionNotice);
