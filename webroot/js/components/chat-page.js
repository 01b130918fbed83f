import { LitElement, html, css, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { StoreController } from './store-controller.js';
import { orbits } from './brand.js';
import './account-panel.js';
import './conversation-view.js';
import './side-bar.js';

/** The chat: people on one side, a conversation on the other; on a phone one at a time. */
export class ChatPage extends LitElement {
  static properties = {
    chat: { attribute: false },
    session: { attribute: false },
    directory: { attribute: false },
  };

  static styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / var(--sidebar-width) minmax(0, 1fr);
        height: 100%;
        background: var(--paper);
      }

      side-bar {
        min-height: 0;
        border-inline-end: 1px solid var(--line);
      }

      main {
        display: grid;
        min-width: 0;
        min-height: 0;
        background: var(--surface);
      }

      account-panel {
        position: absolute;
      }

      .skip {
        position: absolute;
        inset: var(--gap-2) auto auto var(--gap-2);
        z-index: 2;
        transform: translateY(-200%);
      }

      .skip:focus {
        transform: none;
      }

      .nothing {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: var(--gap-3);
        padding: var(--gap-5);
        color: var(--ink-soft);
        text-align: center;
      }

      .nothing h2 {
        color: var(--ink);
        font-size: var(--text-title);
        letter-spacing: -0.02em;
      }

      .nothing p {
        max-width: 24rem;
      }

      .orbits {
        width: min(60vw, 17rem);
      }

      @media (max-width: 46rem) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }

        .one side-bar,
        .none main {
          display: none;
        }

        side-bar {
          border: 0;
        }
      }

      .one,
      .none {
        display: contents;
      }
    `,
  ];

  #stores = new StoreController(this);

  willUpdate(changed) {
    if (!changed.has('chat')) return;
    this.#stores.follow(this.chat);
    this.#fromAddress();
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#fromAddress);
    for (const type of ['focus', 'blur']) window.addEventListener(type, this.#watch);
    document.addEventListener('visibilitychange', this.#watch);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#fromAddress);
    for (const type of ['focus', 'blur']) window.removeEventListener(type, this.#watch);
    document.removeEventListener('visibilitychange', this.#watch);
  }

  firstUpdated() {
    this.#watch();
  }

  render() {
    const { selected } = this.chat;
    return html`
      <button class="skip" @click=${this.#skip}>Skip to the conversation</button>
      <div class=${selected ? 'one' : 'none'}>
        <side-bar
          .chat=${this.chat}
          .session=${this.session}
          .selected=${selected}
          @open-person=${(event) => this.#open(event.detail)}
          @open-account=${() => this.renderRoot.querySelector('account-panel').show()}
        ></side-bar>
        <main @keydown=${this.#onKey}>
          ${selected
            ? html`<conversation-view
                .chat=${this.chat}
                .session=${this.session}
                .conversation=${selected}
                @leave=${() => this.#leave()}
              ></conversation-view>`
            : this.#placeholder()}
        </main>
      </div>
      <account-panel .session=${this.session} .chat=${this.chat}></account-panel>
    `;
  }

  #placeholder() {
    if (!this.chat.loaded) return html`<div class="nothing" role="status">Loading your conversations …</div>`;
    const some = this.chat.conversations.length > 0;
    return html`<div class="nothing">
      ${orbits}
      <h2>${some ? 'Pick up where you left off' : 'A quiet place, so far'}</h2>
      <p>
        ${some
          ? 'Choose a conversation, or find somebody by username.'
          : 'Find somebody by username and say hello. Nobody here yet? Send an invitation first.'}
      </p>
      ${some
        ? nothing
        : html`<button @click=${() => this.renderRoot.querySelector('account-panel').show()}>Invite somebody</button>`}
    </div>`;
  }

  /** The address names the person, so that Back works and a reload stays in the conversation. */
  #open(userId) {
    location.hash = new URLSearchParams({ with: userId });
    this.#focusComposer();
  }

  async #leave() {
    const peerId = this.chat.selected?.peerId;
    history.pushState(null, '', location.pathname);
    this.#fromAddress();
    await this.#drawn();
    this.renderRoot.querySelector('side-bar').focusPerson(peerId);
  }

  #fromAddress = () => {
    this.chat.select(new URLSearchParams(location.hash.slice(1)).get('with'));
  };

  async #focusComposer() {
    await this.#drawn();
    this.renderRoot.querySelector('conversation-view')?.focusComposer();
  }

  /** The address changes first, then the chat, then the page. */
  async #drawn() {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await this.updateComplete;
  }

  #skip() {
    const view = this.renderRoot.querySelector('conversation-view');
    if (view) view.focusComposer();
    else this.renderRoot.querySelector('side-bar').focusSearch();
  }

  #onKey(event) {
    if (event.key === 'Escape' && this.chat.selected && !event.defaultPrevented) this.#leave();
  }

  #watch = () => {
    this.chat.setWatched(document.visibilityState === 'visible' && document.hasFocus());
    this.renderRoot.querySelector('conversation-view')?.look();
  };
}
customElements.define('chat-page', ChatPage);
