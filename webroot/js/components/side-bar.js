import { LitElement, html, css, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { base, buttons } from './styles.js';
import { StoreController } from './store-controller.js';
import { mark } from './brand.js';
import './connection-notice.js';
import './conversation-list.js';
import './people-finder.js';
import './planet-avatar.js';

/** Side bar: who one is, whom one can find, and the conversations. Events: `open-person` (detail: user id), `open-account`. */
export class SideBar extends LitElement {
  static properties = {
    chat: { attribute: false },
    session: { attribute: false },
    selected: { attribute: false },
    searching: { state: true },
  };

  static styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        flex-direction: column;
        padding-top: env(safe-area-inset-top);
      }

      header {
        display: flex;
        align-items: center;
        gap: var(--gap-3);
        flex: none;
        height: var(--bar-height);
        padding: 0 var(--gap-4);
      }

      .mark {
        width: 2rem;
        height: 2rem;
      }

      .brand {
        flex: 1;
        font-size: var(--text-lead);
        font-weight: 720;
        letter-spacing: -0.02em;
      }

      header button {
        border-radius: 50%;
        padding: 0;
        width: var(--touch);
      }

      planet-avatar {
        width: 2.25rem;
        height: 2.25rem;
      }

      connection-notice {
        padding: 0 var(--gap-3);
      }

      people-finder {
        min-height: 4rem;
        padding: 1px var(--gap-3) var(--gap-2);
        overflow-y: auto;
      }

      conversation-list {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        overscroll-behavior: contain;
        scrollbar-width: thin;
        scrollbar-color: var(--line) transparent;
      }
    `,
  ];

  #stores = new StoreController(this);
  #finder = createRef();
  #list = createRef();

  willUpdate(changed) {
    if (changed.has('chat')) this.#stores.follow(this.chat.people, this.session);
  }

  render() {
    const me = this.chat.people.get(this.chat.me);
    return html`
      <header>
        ${mark}
        <p class="brand">Jovial</p>
        <button
          class="quiet"
          id="account"
          aria-haspopup="dialog"
          aria-label="Your account, ${me.name}"
          title="Your account"
          @click=${() => this.#emit('open-account')}
        >
          <planet-avatar .userId=${me.user_id} .name=${me.known ? me.name : this.session.account?.username}></planet-avatar>
        </button>
      </header>
      ${this.selected ? nothing : this.#connectionNotice()}
      <people-finder
        ${ref(this.#finder)}
        .people=${this.chat.people}
        .me=${this.chat.me}
        @searching=${(event) => (this.searching = event.detail)}
        @person-chosen=${(event) => this.#emit('open-person', event.detail)}
      ></people-finder>
      <conversation-list
        ${ref(this.#list)}
        ?hidden=${this.searching}
        .chat=${this.chat}
        .session=${this.session}
        .selected=${this.selected}
        @person-chosen=${(event) => this.#emit('open-person', event.detail)}
      ></conversation-list>
    `;
  }

  /** An open conversation has its own. */
  #connectionNotice() {
    return html`<connection-notice
      .session=${this.session}
      hint="You can read and write meanwhile; what you write is sent when it is back."
    ></connection-notice>`;
  }

  focusSearch() {
    this.#finder.value.focus();
  }

  focusPerson(userId) {
    if (!this.#list.value.focusPerson(userId)) this.focusSearch();
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
customElements.define('side-bar', SideBar);
