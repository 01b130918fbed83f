import { LitElement, html, css } from 'lit';
import { base } from './styles.js';
import { StoreController } from './store-controller.js';
import { takeInvite } from '../session/apps.js';
import './chat-page.js';
import './welcome-page.js';

/** Root of the app: the welcome page for nobody, the chat page for somebody. */
export class JovialApp extends LitElement {
  static properties = {
    session: { attribute: false },
    directory: { attribute: false },
    newChat: { attribute: false },
    started: { state: true },
  };

  static styles = [
    base,
    css`
      :host {
        display: block;
        height: 100%;
      }

      .loading {
        display: grid;
        place-content: center;
        height: 100%;
        color: var(--ink-soft);
      }
    `,
  ];

  #stores = new StoreController(this);
  #client = null;
  #chat = null;
  #titled = null;

  begin() {
    this.inviteKey = takeInvite();
    this.#stores.follow(this.session);
    this.session.start({ asNobody: Boolean(this.inviteKey) });
    window.addEventListener('hashchange', () => this.#invited());
    window.addEventListener('beforeunload', (event) => {
      // What waits is on the device; only where it cannot be kept would it be lost.
      if (this.#chat?.conversations.unsent && !this.#chat.durable) event.preventDefault();
    });
    this.started = true;
  }

  willUpdate() {
    if (!this.started) return;
    const { client } = this.session;
    if (this.#client === client) return;
    if (this.#chat && this.#chat.me !== client?.me) {
      // The conversation in the address is of the account that was.
      history.replaceState(null, '', location.pathname);
    }
    this.#chat?.close();
    this.#client = client;
    this.#chat = client ? this.newChat() : null;
    this.#chat?.conversations.addEventListener('change', () => this.#title());
    this.#title();
  }

  render() {
    if (!this.started) return html`<slot></slot>`;
    if (this.#chat) {
      return html`<chat-page
        .chat=${this.#chat}
        .session=${this.session}
        .directory=${this.directory}
      ></chat-page>`;
    }
    if (this.session.account) return html`<p class="loading" role="status">Opening your conversations …</p>`;
    return html`<welcome-page
      .session=${this.session}
      .directory=${this.directory}
      .inviteKey=${this.inviteKey}
    ></welcome-page>`;
  }

  #title() {
    const unread = this.#chat?.conversations.unread ?? 0;
    const title = unread ? `(${unread}) Jovial Chat` : 'Jovial Chat';
    if (title !== this.#titled) document.title = this.#titled = title;
  }

  /** An invitation that is opened in a tab that shows the app already. */
  #invited() {
    const key = takeInvite();
    if (!key) return;
    this.inviteKey = key;
    this.session.use(null);
    this.requestUpdate();
  }
}
customElements.define('jovial-app', JovialApp);
