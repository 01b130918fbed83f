import { LitElement, html, css, nothing } from 'lit';
import { base, buttons } from './styles.js';
import { icons } from './icons.js';
import { accounts } from '../session/accounts.js';
import { apps, inviteLink } from '../session/apps.js';
import { THEMES, chooseTheme, theme } from '../theme.js';
import './copy-button.js';
import './device-list.js';
import './planet-avatar.js';

const THEME_NAMES = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** Who one is here: invitation, appearance, devices, other accounts, log out. A drawer over the page. */
export class AccountPanel extends LitElement {
  static properties = {
    session: { attribute: false },
    chat: { attribute: false },
    open: { state: true },
    leaving: { state: true },
    sure: { state: true },
  };

  static styles = [
    base,
    buttons,
    css`
      dialog {
        width: min(26rem, 100vw);
        max-width: none;
        height: 100dvh;
        max-height: none;
        margin: 0 0 0 auto;
        padding: 0;
        border: 0;
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
        overflow-y: auto;
        overscroll-behavior: contain;
        animation: slide var(--calm) var(--ease);
      }

      dialog::backdrop {
        background: var(--veil);
      }

      .content {
        display: grid;
        gap: var(--gap-5);
        padding: var(--gap-4) var(--gap-5) var(--gap-6);
      }

      .top {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin-inline-end: calc(var(--gap-3) * -1);
      }

      h2 {
        font-size: var(--text-lead);
        letter-spacing: -0.01em;
      }

      h3 {
        font-size: var(--text-small);
        color: var(--ink-soft);
      }

      section {
        display: grid;
        justify-items: start;
        gap: var(--gap-3);
      }

      section + section {
        padding-top: var(--gap-5);
        border-top: 1px solid var(--line);
      }

      .who {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: var(--gap-4);
        overflow-wrap: anywhere;
      }

      .who planet-avatar {
        width: 4rem;
        height: 4rem;
      }

      .who strong {
        font-size: var(--text-title);
        letter-spacing: -0.02em;
        line-height: 1.2;
      }

      p {
        color: var(--ink-soft);
        font-size: 0.9rem;
      }

      .themes {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
      }

      .themes button[aria-pressed='true'] {
        border-color: var(--primary);
        box-shadow: inset 0 0 0 1px var(--primary);
      }

      .account {
        width: 100%;
        justify-content: start;
        min-height: 3.25rem;
        padding: 0 var(--gap-3);
        border-radius: var(--round);
      }

      .account planet-avatar {
        width: 2.1rem;
        height: 2.1rem;
      }

      device-list {
        width: 100%;
      }

      @keyframes slide {
        from {
          opacity: 0;
          transform: translateX(1.5rem);
        }
      }
    `,
  ];

  render() {
    return html`<dialog aria-labelledby="title" @close=${() => (this.open = false)} @click=${this.#onBackdrop}>
      ${this.open ? this.#content() : nothing}
    </dialog>`;
  }

  #content() {
    const { account } = this.session;
    if (!account) return nothing;
    const me = this.chat.people.get(account.user_id);
    const app = apps.find(account.app_id);
    return html`<div class="content">
      <div class="top">
        <h2 id="title">Your account</h2>
        <button class="quiet icon-only" aria-label="Close" @click=${this.#close}>${icons.close}</button>
      </div>
      <section class="who" aria-label="You">
        <planet-avatar .userId=${account.user_id} .name=${me.known ? me.name : account.username}></planet-avatar>
        <div>
          <strong>${me.known ? me.name : account.username}</strong>
          <p>@${account.username}${app ? html` in ${app.name}` : nothing}</p>
        </div>
      </section>
      ${app ? this.#invitation(app) : nothing}
      <section>
        <h3 id="look">Appearance</h3>
        <div class="themes" role="group" aria-labelledby="look">${THEMES.map((choice) => this.#theme(choice))}</div>
      </section>
      ${this.#notifications()}
      <section>
        <h3>Devices that are logged in</h3>
        <device-list .session=${this.session}></device-list>
      </section>
      ${this.#others(account)}
    </div>`;
  }

  #invitation(app) {
    return html`<section>
      <h3>Invite</h3>
      <p>Whoever opens this link can register in ${app.name}, on this server.</p>
      <copy-button .text=${inviteLink(app.app_key)} label="Copy invitation link"></copy-button>
    </section>`;
  }

  #notifications() {
    const { notifications } = this.chat;
    const words = {
      denied: 'Your browser does not allow this page to notify you. You can change that in its settings for this page.',
      impossible: 'This browser cannot notify you from here; it wants the page on https.',
    };
    return html`<section>
      <h3>Notifications</h3>
      ${words[notifications.state]
        ? html`<p>${words[notifications.state]}</p>`
        : html`<p>Of new messages, while you look elsewhere.</p>
            <button class="small" aria-pressed=${notifications.state === 'on'} @click=${this.#notify}>
              ${icons.bell} ${notifications.state === 'on' ? 'On. Turn off' : 'Turn on'}
            </button>`}
    </section>`;
  }

  async #notify() {
    const { notifications } = this.chat;
    await (notifications.state === 'on' ? notifications.turnOff() : notifications.turnOn());
    this.requestUpdate();
  }

  #theme(choice) {
    const choose = () => {
      chooseTheme(choice);
      this.requestUpdate();
    };
    return html`<button class="small" aria-pressed=${theme() === choice} @click=${choose}>${THEME_NAMES[choice]}</button>`;
  }

  #others(account) {
    const others = accounts.list().filter((other) => other.refresh_token && other.user_id !== account.user_id);
    return html`<section>
      <h3>Accounts in this tab</h3>
      ${others.map(
        (other) => html`<button class="account" @click=${() => this.#use(other.user_id)}>
          <planet-avatar .userId=${other.user_id} .name=${other.username}></planet-avatar>
          Continue as ${other.username}
        </button>`,
      )}
      <button class="small" @click=${() => this.#use(null)}>${icons.plus} Use another account</button>
      <button class="small danger" ?disabled=${this.leaving} @click=${this.#logOut}>
        ${icons.leave} ${this.#leaveText()}
      </button>
    </section>`;
  }

  show() {
    this.open = true;
    this.leaving = false;
    this.sure = false;
    this.#dialog.showModal();
  }

  #close() {
    this.#dialog.close();
  }

  #onBackdrop(event) {
    if (event.target === this.#dialog) this.#close();
  }

  #use(userId) {
    this.#close();
    this.session.use(userId);
  }

  #leaveText() {
    if (this.leaving) return 'Logging out …';
    return this.sure ? `Log out and lose what is not sent yet (${this.chat.unsent})` : 'Log out';
  }

  async #logOut() {
    if (this.chat.unsent && !this.sure) {
      this.sure = true;
      return;
    }
    this.leaving = true;
    await this.session.signOut();
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }
}
customElements.define('account-panel', AccountPanel);
