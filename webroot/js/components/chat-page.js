import { LitElement, html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { base, buttons } from './styles.js';
import { chatPage } from './chat-page-styles.js';
import { StoreController } from './store-controller.js';
import { orbits } from './brand.js';
import { isComposing } from '../text/keys.js';
import './account-panel.js';
import './conversation-view.js';
import './side-bar.js';

/** Page of the chat: people on one side, a conversation on the other; on a phone one at a time. */
export class ChatPage extends LitElement {
  static properties = {
    chat: { attribute: false },
    session: { attribute: false },
    directory: { attribute: false },
  };

  static styles = [base, buttons, chatPage];

  #stores = new StoreController(this);
  #sideBar = createRef();
  #view = createRef();
  #account = createRef();

  willUpdate(changed) {
    if (!changed.has('chat')) return;
    this.#stores.follow(this.chat);
    this.#fromAddress();
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#fromAddress);
    for (const type of ['focus', 'blur']) window.addEventListener(type, this.#onVisibility);
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#fromAddress);
    for (const type of ['focus', 'blur']) window.removeEventListener(type, this.#onVisibility);
    document.removeEventListener('visibilitychange', this.#onVisibility);
  }

  firstUpdated() {
    this.#onVisibility();
  }

  render() {
    const { selected } = this.chat;
    return html`
      <button class="skip" @click=${this.#skip}>Skip to the conversation</button>
      <main class=${selected ? 'one' : 'none'}>
        <h1 class="sr-only">Jovial Chat</h1>
        <side-bar
          ${ref(this.#sideBar)}
          .chat=${this.chat}
          .session=${this.session}
          .selected=${selected}
          @open-person=${(event) => this.#open(event.detail)}
          @open-account=${this.#openAccount}
        ></side-bar>
        <section class="pane" aria-label="Conversation" @keydown=${this.#onKey}>
          ${
            selected
              ? html`<conversation-view
                ${ref(this.#view)}
                .chat=${this.chat}
                .session=${this.session}
                .conversation=${selected}
                @leave=${() => this.#leave()}
              ></conversation-view>`
              : this.#placeholder()
          }
        </section>
      </main>
      <account-panel ${ref(this.#account)} .session=${this.session} .chat=${this.chat}></account-panel>
    `;
  }

  #placeholder() {
    const { conversations } = this.chat;
    if (!conversations.loaded) return html`<div class="nothing" role="status">Loading your conversations …</div>`;
    const some = conversations.list().length > 0;
    return html`<div class="nothing">
      ${orbits}
      <h2>${some ? 'Pick up where you left off' : 'A quiet place, so far'}</h2>
      <p>
        ${
          some
            ? 'Choose a conversation, or find somebody by username.'
            : 'Find somebody by username and say hello. Nobody here yet? Send an invitation first.'
        }
      </p>
      ${some ? nothing : html`<button @click=${this.#openAccount}>Invite somebody</button>`}
    </div>`;
  }

  #openAccount = () => this.#account.value.show();

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
    this.#sideBar.value.focusPerson(peerId);
  }

  #fromAddress = () => {
    this.chat.select(new URLSearchParams(location.hash.slice(1)).get('with'));
  };

  async #focusComposer() {
    await this.#drawn();
    this.#view.value?.focusComposer();
  }

  /** The address changes first, then the chat, then the page. */
  async #drawn() {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await this.updateComplete;
  }

  #skip() {
    if (this.#view.value) this.#view.value.focusComposer();
    else this.#sideBar.value.focusSearch();
  }

  #onKey(event) {
    if (event.defaultPrevented || isComposing(event)) return;
    if (event.key === 'Escape' && this.chat.selected) this.#leave();
  }

  #onVisibility = () => {
    this.chat.setPageVisible(document.visibilityState === 'visible' && document.hasFocus());
    this.#view.value?.markSeen();
  };
}
customElements.define('chat-page', ChatPage);
